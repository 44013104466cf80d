using PhucThuan.Portal;
using PhucThuan.Portal.Search;

namespace PhucThuan.Tests.Search;

/// <summary>Tests of matching and ranking.</summary>
[Fast]
public sealed class SearchIndexTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
    private static readonly string Filler = string.Concat(Enumerable.Repeat("dài dòng ", 2_000));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phucthuan-index-");
    private readonly SearchIndex _index;

    public SearchIndexTests() => _index = SearchIndex.Open(Path.Combine(_folder.FullName, "search.db"));

    public void Dispose()
    {
        _index.Dispose();
        _folder.Delete(recursive: true);
    }

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
            Add($"{other} {number}", $"{text} {string.Concat(Enumerable.Repeat("Bà con ", 20))}");
        }

        // The oldest and longest, which would rank last otherwise.
        Add(title, Filler, daysAgo: 100);

        var found = Find(query);
        Assert.Equal(6, found.Count);
        Assert.Equal(title, found[0]);
    }

    [Fact]
    public void Without_marks_adjacent_words_rank_above_exact_words_apart()
    {
        Add("a", $"{Filler} nhắc cả nghỉ lễ", daysAgo: 100);
        Add("b", "Một le le kêu khả nghi.");

        Assert.Equal(["a", "b"], Find("nghi le"));
    }

    [Theory]
    [InlineData("bo me", "bố mẹ", "bo me")]
    [InlineData("bo", "bò", "bo")]
    public void Without_marks_exactness_breaks_ties(string query, string other, string same)
    {
        Add("a", other);
        Add("b", $"{Filler} {same}", daysAgo: 100);

        Assert.Equal(["b", "a"], Find(query));
    }

    [Fact]
    public void With_marks_exact_matches_rank_above_title_matches()
    {
        Add("Nghi lễ rước kiệu", "Rước từ sáng.");
        Add("Thông báo", $"{Filler} được nghỉ lễ", daysAgo: 100);

        Assert.Equal(["Thông báo", "Nghi lễ rước kiệu"], Find("nghỉ lễ"));
    }

    [Theory]
    [InlineData("khai giản")]
    [InlineData("khai gian")]
    [InlineData("ngày kh")]
    [InlineData("KHAI GI")]
    public void The_last_word_matches_as_a_prefix(string query)
    {
        Add("Ngày khai giảng", "Trường mở cửa.");

        Assert.Equal(["Ngày khai giảng"], Find(query));
    }

    [Theory]
    [InlineData("kha giảng")] // not the last
    [InlineData("khai gin")]
    [InlineData("khai g")] // too little
    [InlineData("hai")]
    public void Other_parts_of_words_do_not_match(string query)
    {
        Add("Ngày khai giảng", "Trường mở cửa.");

        var hits = Find(query, 0, 20);
        Assert.True(hits.Count == 0 || hits.Query is { IsPartial: true, Unknown.Count: 1 });
    }

    [Fact]
    public void Prefixes_match_only_when_no_article_has_the_whole_words()
    {
        Add("Gian hàng", "Gian hàng ngày khai mạc.");
        Add("Khai giảng", "Khai giảng năm học.");
        Add("Khai gia", "Chưa đăng.", daysAgo: -1);

        Assert.Equal(["Gian hàng"], Find("khai gian"));
        var beyond = Find("khai gian", 20, 20);
        Assert.Equal((0, 0), (beyond.Page.Count, beyond.Count));
        Assert.Equal(["Khai giảng", "Gian hàng"], Find("khai gia"));
    }

    [Fact]
    public void Prefix_matches_with_marks_rank_first()
    {
        Add("a", "Cuộc thi đã khai diễn.");
        Add("b", $"{Filler} đường điện", daysAgo: 100);
        Add("c", "Các loài diệc.");

        Assert.Equal("b", Find("điệ")[0]);
        Assert.Equal(3, Find("điệ").Count);
    }

    [Theory]
    [InlineData("văn hoá", "văn hóa", "mã hoá")]
    [InlineData("văn hóa", "văn hoá", "mã hóa")]
    public void Both_tone_positions_match(string query, string written, string other)
    {
        Add("a", $"Thư viện: văn bản được {other}.");
        Add($"Ngày hội {written}", Filler, daysAgo: 100);

        Assert.Equal([$"Ngày hội {written}", "a"], Find(query));
    }

    [Fact]
    public void Labels_rank_below_texts_and_are_not_concatenated()
    {
        Add("a", "Thông báo.", labels: "Ban Biên tập Tin tức");
        Add("b", $"{Filler} mở tập tin", daysAgo: 100);

        Assert.Equal(["b", "a"], Find("tập tin"));
        Assert.Equal(["b", "a"], Find("tin"));
        Assert.Equal(["a"], Find("biên tập"));
        Assert.DoesNotContain("Biên", Find("biên tập", 0, 20).Page[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("làm căn cước")]
    [InlineData("căn cước công dân gắn chip ở đâu")]
    [InlineData("can cuoc cong dan gan chip o dau")]
    public void Without_a_full_match_half_of_the_words_are_sufficient(string query)
    {
        Add("Cấp căn cước công dân", "Tại trụ sở.", daysAgo: 100);
        Add("a", $"{Filler} làm cước, gắn ở đâu, dân công");
        Add("b", "Làm đường.");
        Add("c", "Ở đâu?");
        Add("d", "Căn cước công dân gắn chip làm ở đâu, khi được đăng.", daysAgo: -1);

        var hits = Find(query, 0, 20);

        Assert.True(hits.Query.IsPartial);
        Assert.Equal(["Cấp căn cước công dân", "a"], hits.Page.Select(hit => hit.Title));
    }

    [Fact]
    public void In_a_relaxed_query_words_typed_with_marks_match_exactly()
    {
        Add("a", "Một cần cuốc.");
        Add("b", $"{Filler} Căn cước", daysAgo: 100);

        Assert.Equal(["b"], Find("căn cước chip"));
        Assert.Equal(["a", "b"], Find("can cuoc chip").Order());
    }

    [Theory]
    [InlineData("làm đường căn hộ")]
    [InlineData("một hai ba căn cước")]
    public void One_word_and_less_than_half_do_not_match(string query)
    {
        Add("Cấp căn cước công dân", "Tại trụ sở.");
        Add("Làm", "Một");
        Add("Đường", "Hai");
        Add("Hộ", "Ba");

        Assert.Empty(Find(query));
    }

    [Theory]
    [InlineData("căn khongco", "khongco")]
    [InlineData("khongco căn khongco2", "khongco khongco2")]
    [InlineData("1 2 3 căn cước", "1 2 3")]
    [InlineData("can khong", "khong")]
    [InlineData("khỉ công dân", "khỉ")]
    public void Words_that_no_article_has_are_left_out(string query, string unknown)
    {
        Add("Cấp căn cước công dân", "Tại trụ sở.");
        Add("Khongco", "Khong 1 2 3 khỉ: chưa đăng.", daysAgo: -1);

        var hits = Find(query, 0, 20);

        Assert.Equal(["Cấp căn cước công dân"], hits.Page.Select(hit => hit.Title));
        Assert.True(hits.Query.IsPartial);
        Assert.Equal(unknown, string.Join(' ', hits.Query.Unknown.Select(word => word.Exact)));
    }

    [Fact]
    public void Of_two_words_that_no_article_has_together_either_matches()
    {
        Add("Chè", "Vụ thu");
        Add("Bóng chuyền", "Giải nữ");

        Assert.Equal(["Bóng chuyền", "Chè"], Find("chè bóng").Order());
    }

    [Theory]
    [InlineData("sổ đỏ", "Sổ đỏ", "Hồ sơ do xã giữ")]
    [InlineData("chùa", "Chùa Hang", "Chưa có")]
    [InlineData("thú y", "Thú y xã", "Thu ý kiến")]
    [InlineData("đơn xin", "Đơn xin nghỉ", "Đon xin")]
    public void With_marks_articles_that_only_look_alike_are_told_apart(string query, string exact, string alike)
    {
        Add(alike, "Một");
        Add(exact, "Hai", daysAgo: 100);
        Assert.Equal([(exact, true), (alike, false)], Found(query));

        _index.Change([exact], []);
        Assert.Equal([(alike, false)], Found(query));
        Assert.Equal(0, Find(query, 0, 20).CountAsTyped);
        Assert.All(Found(VietnameseText.Fold(query)), hit => Assert.True(hit.IsAsTyped));

        IEnumerable<(string, bool IsAsTyped)> Found(string text) =>
            Find(text, 0, 20).Page.Select(hit => (hit.Title, hit.IsAsTyped));
    }

    [Theory]
    [InlineData("sổ đỏ", "Mở sổ ra ghi", "Nước chè thì đỏ")]
    [InlineData("so do", "Mở sổ ra ghi", "Nước chè thì đỏ")]
    [InlineData("cấp sổ đỏ", "Cấp sổ", "Màu đỏ")]
    public void Words_far_apart_are_no_match_of_the_whole(string query, string title, string end)
    {
        Add(title, $"{Filler} {end}");
        Add("Cấp sổ cho hộ, bìa đỏ", "Một", daysAgo: 100);

        Assert.Equal(
            [("Cấp sổ cho hộ, bìa đỏ", true), (title, false)],
            Find(query, 0, 20).Page.Select(hit => (hit.Title, hit.IsAsTyped)));
    }

    [Theory]
    [InlineData("khai sinh xóm đài")]
    [InlineData("đăng ký khai sinh")]
    [InlineData("thủ tục khai sinh")]
    public void Words_of_a_query_stand_together_in_groups(string query)
    {
        Add("Thủ tục đăng ký khai sinh", $"{Filler} ở Xóm Đài");

        Assert.Equal(1, Find(query, 0, 20).CountAsTyped);
    }

    [Theory]
    [InlineData("kĩ thuật", "Kỹ thuật trồng chè")]
    [InlineData("kỹ thuật", "Kĩ thuật trồng chè")]
    [InlineData("QUÍ IV", "Lịch tiêm quý IV")]
    [InlineData("bác sĩ", "Bác sỹ về xã")]
    [InlineData("ly do", "Lí do")]
    [InlineData("công ti", "Công ty")]
    [InlineData("1500000", "Mức 1.500.000 đồng")]
    [InlineData("1.500.000", "Mức 1500000 đồng")]
    [InlineData("1,500,000 đồng", "Mức 1.500.000 đồng")]
    [InlineData("02083863123", "Gọi (0208 3863 123)")]
    [InlineData("0912 345 678", "Gọi +84 912.345.678 hoặc +84 912 345 678")]
    [InlineData("150/2020/NĐ-CP", "Nghị định 150/2020/NĐ-CP")]
    [InlineData("150/2020/nd-cp", "Nghị định số 150/2020/NĐ-CP")]
    [InlineData("nđ 150", "Nghị định số 150/2020/NĐ-CP")]
    [InlineData("\u660E", "Bia chữ \u6587\u660E")]
    [InlineData("\u6587\u660E", "Bia chữ \u6587 \u660E")]
    [InlineData("\U00021A38", "Thơ \u5B57\U00021A38")]
    public void Spellings_and_separators_do_not_matter(string query, string title)
    {
        Add(title, "Một");
        Add("Khác hẳn", "Hai 500.000 ngày 02-10-2021");

        var hits = Find(query, 0, 20);

        Assert.Equal([title], hits.Page.Select(hit => hit.Title));
        Assert.Equal(1, hits.CountAsTyped);
        Assert.False(hits.Query.IsPartial);
    }

    [Theory]
    [InlineData("khai giangr", "khai giảng")]
    [InlineData("kahi giảng", "khai giảng")]
    [InlineData("tiêm chugn", "tiêm chủng")]
    [InlineData("khaigiang", "khai giảng")]
    [InlineData("truongg", "trường")]
    [InlineData("xyzxyz", null)]
    [InlineData("khai 2027", null)]
    public void Similar_words_of_titles_are_suggested(string query, string? suggestion)
    {
        Add("Lễ khai giảng năm 2026 ở trường", "Một");
        Add("Tiêm chủng", "Hai");
        Add("Xyzxyw", "Chưa đăng.", daysAgo: -1);

        Assert.Equal(suggestion, Find(query, 0, 20).Suggestion);
    }

    [Fact]
    public void Results_are_restricted_to_a_category_and_a_year()
    {
        AddIn("a", "tin-tuc", new(2025, 12, 31, 17, 0, 0, TimeSpan.Zero)); // 2026 in Viet Nam
        AddIn("b", "tin-tuc", new(2025, 12, 31, 16, 59, 0, TimeSpan.Zero));
        AddIn("c", "thong-bao", new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
        AddIn("d", null, new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(["a", "b"], FindIn("tin-tuc", null));
        Assert.Equal(["a", "c", "d"], FindIn(null, 2026));
        Assert.Equal(["a"], FindIn("tin-tuc", 2026));
        Assert.Empty(FindIn("thong-bao", 2025));
        Assert.Equal(
            [(null, 2026), ("thong-bao", 2026), ("tin-tuc", 2025), ("tin-tuc", 2026)],
            _index.Search(Query("tin-tuc", 2025), Now, 0, 20, TestContext.Current.CancellationToken)
                .Facets.Select(facet => (facet.Category, facet.Year)).Order());

        void AddIn(string title, string? category, DateTimeOffset published) =>
            _index.Change([], [new(title, "1", published, title, "Chuyện làng", "") { Category = category }]);

        IEnumerable<string> FindIn(string? category, int? year) =>
            _index.Search(Query(category, year), Now, 0, 20, TestContext.Current.CancellationToken)
                .Page.Select(hit => hit.Title).Order();

        static SearchQuery Query(string? category, int? year) =>
            SearchQuery.Parse("làng") with { Filter = new(category, year) };
    }

    [Fact]
    public void Relaxed_matches_are_paged_and_only_without_full_matches()
    {
        Add("a", "căn cước");
        Add("b", "làm căn cước công");
        Add("c", "căn làm");

        Assert.Equal(["b"], Find("làm căn cước"));
        Assert.Equal(["b"], Find("làm căn cướ"));
        Assert.Equal(0, Find("làm căn cước", 1, 1).Count);
        Assert.Equal(0, Find("làm căn cướ", 1, 1).Count);

        var pages = Enumerable.Range(0, 4).Select(page => Find("làm căn cước gắn", page, 1)).ToList();
        Assert.Equal(["a", "b", "c"], pages.SelectMany(page => page.Page).Select(hit => hit.Title).Order());
        Assert.Equal([3, 3, 3, 0], pages.Select(page => page.Count));
    }

    [Fact]
    public async Task A_cancelled_search_is_interrupted()
    {
        var text = string.Join(' ', Enumerable.Range(0, 5000).Select(number => $"tu{number} làm căn cước"));
        _index.Change([], [.. Enumerable.Range(0, 40).Select(number =>
            new IndexedArticle($"bai-{number}", "1", Now, "Bài", text, ""))]);
        using var leaving = new CancellationTokenSource();

        var search = Task.Run(
            () =>
            {
                while (true)
                {
                    _index.Search(SearchQuery.Parse("làm căn cước"), Now, 0, 20, leaving.Token);
                }
            },
            TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
    }

    private List<string> Find(string query) =>
        [.. Find(query, 0, 20).Page.Select(hit => hit.Title)];

    private SearchHits Find(string query, int skip, int take) =>
        _index.Search(SearchQuery.Parse(query), Now, skip, take, TestContext.Current.CancellationToken);

    private void Add(string title, string text, int daysAgo = 1, string labels = "") =>
        _index.Change([], [new(title, "1", Now.AddDays(-daysAgo), title, text, labels)]);
}
