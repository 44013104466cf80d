namespace PhucThuan.Tests.Search;

/// <summary>Order of the matches: title, marks, neighbours, prefixes.</summary>
[Fast]
public sealed class SearchRankingTests : IDisposable
{
    private static readonly string Filler = string.Concat(Enumerable.Repeat("dài dòng ", 2_000));

    private readonly TemporaryIndex _index = new();

    public void Dispose() => _index.Dispose();

    [Theory]
    [InlineData("thu tuc", "Vụ thu hoạch chè", "Ai cần thì tới làm thủ tục.", "Thủ tục đăng ký khai sinh lưu động")]
    [InlineData(
        "nghi le", "Kẻ khả nghi", "Công an xã bắt một kẻ khả nghi ngay giữa lễ hội.", "Thông báo nghỉ lễ Quốc khánh")]
    [InlineData("ban tin", "Họp xóm", "Trưởng ban tin rằng xóm sẽ đạt.", "Bản tin tháng 11")]
    [InlineData("tin xa", "Đi xa", "Một tin vui từ nơi xa.", "Tin xã Phúc Thuận")]
    public void Without_marks_title_matches_rank_first(string query, string other, string text, string title)
    {
        for (var number = 1; number <= 5; number++)
        {
            _index.Add($"{other} {number}", $"{text} {string.Concat(Enumerable.Repeat("Bà con ", 20))}");
        }

        // Without the title match, the oldest and longest article would rank last.
        _index.Add(title, Filler, daysAgo: 100);

        var found = _index.Find(query);
        Assert.Equal(6, found.Count);
        Assert.Equal(title, found[0]);
    }

    [Fact]
    public void Without_marks_adjacent_words_rank_above_exact_words_apart()
    {
        _index.Add("a", $"{Filler} nhắc cả nghỉ lễ", daysAgo: 100);
        _index.Add("b", "Một le le kêu khả nghi.");

        Assert.Equal(["a", "b"], _index.Find("nghi le"));
    }

    [Theory]
    [InlineData("bo me", "bố mẹ", "bo me")]
    [InlineData("bo", "bò", "bo")]
    public void Without_marks_exactness_breaks_ties(string query, string other, string same)
    {
        _index.Add("a", other);
        _index.Add("b", $"{Filler} {same}", daysAgo: 100);

        Assert.Equal(["b", "a"], _index.Find(query));
    }

    [Fact]
    public void With_marks_exact_matches_rank_above_title_matches()
    {
        _index.Add("Nghi lễ rước kiệu", "Rước từ sáng.");
        _index.Add("Thông báo", $"{Filler} được nghỉ lễ", daysAgo: 100);

        Assert.Equal(["Thông báo", "Nghi lễ rước kiệu"], _index.Find("nghỉ lễ"));
    }

    [Theory]
    [InlineData("khai giản")]
    [InlineData("khai gian")]
    [InlineData("ngày kh")]
    [InlineData("KHAI GI")]
    public void The_last_word_matches_as_a_prefix(string query)
    {
        _index.Add("Ngày khai giảng", "Trường mở cửa.");

        Assert.Equal(["Ngày khai giảng"], _index.Find(query));
    }

    [Theory]
    [InlineData("kha giảng")] // not the last
    [InlineData("khai gin")]
    [InlineData("khai g")] // too little
    [InlineData("hai")]
    public void Other_parts_of_words_do_not_match(string query)
    {
        _index.Add("Ngày khai giảng", "Trường mở cửa.");

        var hits = _index.Find(query, 0, 20);
        Assert.True(hits.Count == 0 || hits.Query is { IsPartial: true, Unknown.Count: 1 });
    }

    [Fact]
    public void Prefixes_match_only_when_no_article_has_the_whole_words()
    {
        _index.Add("Gian hàng", "Gian hàng ngày khai mạc.");
        _index.Add("Khai giảng", "Khai giảng năm học.");
        _index.Add("Khai gia", "Chưa đăng.", daysAgo: -1);

        Assert.Equal(["Gian hàng"], _index.Find("khai gian"));
        var beyond = _index.Find("khai gian", 20, 20);
        Assert.Equal((0, 0), (beyond.Page.Count, beyond.Count));
        Assert.Equal(["Khai giảng", "Gian hàng"], _index.Find("khai gia"));
    }

    [Fact]
    public void Prefix_matches_with_marks_rank_first()
    {
        _index.Add("a", "Cuộc thi đã khai diễn.");
        _index.Add("b", $"{Filler} đường điện", daysAgo: 100);
        _index.Add("c", "Các loài diệc.");

        Assert.Equal("b", _index.Find("điệ")[0]);
        Assert.Equal(3, _index.Find("điệ").Count);
    }

    [Theory]
    [InlineData("văn hoá", "văn hóa", "mã hoá")]
    [InlineData("văn hóa", "văn hoá", "mã hóa")]
    public void Both_tone_positions_match(string query, string written, string other)
    {
        _index.Add("a", $"Thư viện: văn bản được {other}.");
        _index.Add($"Ngày hội {written}", Filler, daysAgo: 100);

        Assert.Equal([$"Ngày hội {written}", "a"], _index.Find(query));
    }

    [Fact]
    public void Labels_rank_below_texts_and_are_not_concatenated()
    {
        _index.Add("a", "Thông báo.", labels: "Ban Biên tập Tin tức");
        _index.Add("b", $"{Filler} mở tập tin", daysAgo: 100);

        Assert.Equal(["b", "a"], _index.Find("tập tin"));
        Assert.Equal(["b", "a"], _index.Find("tin"));
        Assert.Equal(["a"], _index.Find("biên tập"));
        Assert.DoesNotContain("Biên", _index.Find("biên tập", 0, 20).Page[0].Text, StringComparison.Ordinal);
    }
}
