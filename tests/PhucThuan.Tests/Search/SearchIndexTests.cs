using PhucThuan.Portal;
using PhucThuan.Portal.Search;

namespace PhucThuan.Tests.Search;

/// <summary>Which articles match, relaxed queries, suggestions, filters and cancellation.</summary>
public sealed class SearchIndexTests : IDisposable
{
    private static readonly string Filler = string.Concat(Enumerable.Repeat("dài dòng ", 2_000));

    private readonly TemporaryIndex _index = new();

    public void Dispose() => _index.Dispose();

    [Theory]
    [InlineData("làm căn cước")]
    [InlineData("căn cước công dân gắn chip ở đâu")]
    [InlineData("can cuoc cong dan gan chip o dau")]
    public void Without_a_full_match_half_of_the_words_are_sufficient(string query)
    {
        _index.Add("Cấp căn cước công dân", "Tại trụ sở.", daysAgo: 100);
        _index.Add("a", $"{Filler} làm cước, gắn ở đâu, dân công");
        _index.Add("b", "Làm đường.");
        _index.Add("c", "Ở đâu?");
        _index.Add("d", "Căn cước công dân gắn chip làm ở đâu, khi được đăng.", daysAgo: -1);

        var hits = _index.Find(query, 0, 20);

        Assert.True(hits.Query.IsPartial);
        Assert.Equal(["Cấp căn cước công dân", "a"], hits.Page.Select(hit => hit.Title));
    }

    [Fact]
    public void In_a_relaxed_query_words_typed_with_marks_match_exactly()
    {
        _index.Add("a", "Một cần cuốc.");
        _index.Add("b", $"{Filler} Căn cước", daysAgo: 100);

        Assert.Equal(["b"], _index.Find("căn cước chip"));
        Assert.Equal(["a", "b"], _index.Find("can cuoc chip").Order());
    }

    [Theory]
    [InlineData("làm đường căn hộ")]
    [InlineData("một hai ba căn cước")]
    public void One_word_and_less_than_half_do_not_match(string query)
    {
        _index.Add("Cấp căn cước công dân", "Tại trụ sở.");
        _index.Add("Làm", "Một");
        _index.Add("Đường", "Hai");
        _index.Add("Hộ", "Ba");

        Assert.Empty(_index.Find(query));
    }

    [Theory]
    [InlineData("căn khongco", "khongco")]
    [InlineData("khongco căn khongco2", "khongco khongco2")]
    [InlineData("1 2 3 căn cước", "1 2 3")]
    [InlineData("can khong", "khong")]
    [InlineData("khỉ công dân", "khỉ")]
    public void Words_that_no_article_has_are_ignored(string query, string unknown)
    {
        _index.Add("Cấp căn cước công dân", "Tại trụ sở.");
        _index.Add("Khongco", "Khong 1 2 3 khỉ: chưa đăng.", daysAgo: -1);

        var hits = _index.Find(query, 0, 20);

        Assert.Equal(["Cấp căn cước công dân"], hits.Page.Select(hit => hit.Title));
        Assert.True(hits.Query.IsPartial);
        Assert.Equal(unknown, string.Join(' ', hits.Query.Unknown.Select(word => word.Exact)));
    }

    [Fact]
    public void Two_words_that_never_occur_together_match_separately()
    {
        _index.Add("Chè", "Vụ thu");
        _index.Add("Bóng chuyền", "Giải nữ");

        Assert.Equal(["Bóng chuyền", "Chè"], _index.Find("chè bóng").Order());
    }

    [Theory]
    [InlineData("sổ đỏ", "Sổ đỏ", "Hồ sơ do xã giữ")]
    [InlineData("chùa", "Chùa Hang", "Chưa có")]
    [InlineData("thú y", "Thú y xã", "Thu ý kiến")]
    [InlineData("đơn xin", "Đơn xin nghỉ", "Đon xin")]
    public void With_marks_matches_that_differ_in_marks_are_distinguished(string query, string exact, string alike)
    {
        _index.Add(alike, "Một");
        _index.Add(exact, "Hai", daysAgo: 100);
        Assert.Equal([(exact, true), (alike, false)], Found(query));

        _index.Index.Change([exact], []);
        Assert.Equal([(alike, false)], Found(query));
        Assert.Equal(0, _index.Find(query, 0, 20).CountAsTyped);
        Assert.All(Found(VietnameseText.Fold(query)), hit => Assert.True(hit.IsAsTyped));

        IEnumerable<(string, bool IsAsTyped)> Found(string text) =>
            _index.Find(text, 0, 20).Page.Select(hit => (hit.Title, hit.IsAsTyped));
    }

    [Theory]
    [InlineData("sổ đỏ", "Mở sổ ra ghi", "Nước chè thì đỏ")]
    [InlineData("so do", "Mở sổ ra ghi", "Nước chè thì đỏ")]
    [InlineData("cấp sổ đỏ", "Cấp sổ", "Màu đỏ")]
    public void Words_far_apart_are_a_relaxed_match_only(string query, string title, string end)
    {
        _index.Add(title, $"{Filler} {end}");
        _index.Add("Cấp sổ cho hộ, bìa đỏ", "Một", daysAgo: 100);

        Assert.Equal(
            [("Cấp sổ cho hộ, bìa đỏ", true), (title, false)],
            _index.Find(query, 0, 20).Page.Select(hit => (hit.Title, hit.IsAsTyped)));
    }

    [Theory]
    [InlineData("khai sinh xóm đài")]
    [InlineData("đăng ký khai sinh")]
    [InlineData("thủ tục khai sinh")]
    public void Words_adjacent_in_groups_are_a_full_match(string query)
    {
        _index.Add("Thủ tục đăng ký khai sinh", $"{Filler} ở Xóm Đài");

        Assert.Equal(1, _index.Find(query, 0, 20).CountAsTyped);
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
        _index.Add(title, "Một");
        _index.Add("Khác hẳn", "Hai 500.000 ngày 02-10-2021");

        var hits = _index.Find(query, 0, 20);

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
        _index.Add("Lễ khai giảng năm 2026 ở trường", "Một");
        _index.Add("Tiêm chủng", "Hai");
        _index.Add("Xyzxyw", "Chưa đăng.", daysAgo: -1);

        Assert.Equal(suggestion, _index.Find(query, 0, 20).Suggestion);
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
            _index.Index
                .Search(Query("tin-tuc", 2025), TemporaryIndex.Now, 0, 20, TestContext.Current.CancellationToken)
                .Facets.Select(facet => (facet.Category, facet.Year)).Order());

        void AddIn(string title, string? category, DateTimeOffset published) =>
            _index.Index.Change([], [new(title, "1", published, title, "Chuyện làng", "") { Category = category }]);

        IEnumerable<string> FindIn(string? category, int? year) =>
            _index.Index.Search(Query(category, year), TemporaryIndex.Now, 0, 20, TestContext.Current.CancellationToken)
                .Page.Select(hit => hit.Title).Order();

        static SearchQuery Query(string? category, int? year) =>
            SearchQuery.Parse("làng") with { Filter = new(category, year) };
    }

    [Fact]
    public void Relaxed_matches_are_paged_and_only_without_full_matches()
    {
        _index.Add("a", "căn cước");
        _index.Add("b", "làm căn cước công");
        _index.Add("c", "căn làm");

        Assert.Equal(["b"], _index.Find("làm căn cước"));
        Assert.Equal(["b"], _index.Find("làm căn cướ"));
        Assert.Equal(0, _index.Find("làm căn cước", 1, 1).Count);
        Assert.Equal(0, _index.Find("làm căn cướ", 1, 1).Count);

        var pages = Enumerable.Range(0, 4).Select(page => _index.Find("làm căn cước gắn", page, 1)).ToList();
        Assert.Equal(["a", "b", "c"], pages.SelectMany(page => page.Page).Select(hit => hit.Title).Order());
        Assert.Equal([3, 3, 3, 0], pages.Select(page => page.Count));
    }

    [Fact]
    public async Task A_cancelled_search_is_interrupted()
    {
        var text = string.Join(' ', Enumerable.Range(0, 5000).Select(number => $"tu{number} làm căn cước"));
        _index.Index.Change([], [.. Enumerable.Range(0, 40).Select(number =>
            new IndexedArticle($"bai-{number}", "1", TemporaryIndex.Now, "Bài", text, ""))]);
        using var leaving = new CancellationTokenSource();

        var search = Task.Run(
            () =>
            {
                while (true)
                {
                    _index.Index.Search(SearchQuery.Parse("làm căn cước"), TemporaryIndex.Now, 0, 20, leaving.Token);
                }
            },
            TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
    }
}
