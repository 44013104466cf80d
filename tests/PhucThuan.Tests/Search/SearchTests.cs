using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PhucThuan.Tests.Search;

/// <summary>Tests of the search page over HTTP.</summary>
public sealed class SearchTests(SearchedSite site) : IClassFixture<SearchedSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("phuc thuan")]
    [InlineData("Phúc Thuận")]
    [InlineData("PHÚC THUẬN")]
    [InlineData("Phu\u0301c Thua\u0323\u0302n")]
    [InlineData("  phuc,  thuan! ")]
    public async Task An_article_is_found_with_and_without_marks(string query) =>
        Assert.Contains("/bai-viet/xa-phuc-thuan", await FindAsync(query));

    [Theory]
    [InlineData("duong dien", "/bai-viet/duong-dien")]
    [InlineData("đường điện", "/bai-viet/duong-dien")]
    [InlineData("chuyên mục riêng", "/bai-viet/xa-phuc-thuan")]
    [InlineData("bà tác giả", "/bai-viet/xa-phuc-thuan")]
    [InlineData("lời tóm tắt", "/bai-viet/xa-phuc-thuan")]
    [InlineData("tu khoa la", "/bai-viet/xa-phuc-thuan")]
    public async Task Title_text_summary_author_category_and_keywords_are_searched(string query, string address) =>
        Assert.Equal([address], await FindAsync(query));

    [Theory]
    [InlineData("đảng ủy họp")]
    [InlineData("\u00D0ảng ủy họp")]
    [InlineData("dang uy hop")]
    public async Task Icelandic_letters_of_old_files_match_Vietnamese_ones(string query)
    {
        Assert.Equal(["/bai-viet/dang-uy-hop"], await FindAsync(query));
        Assert.Equal(["/bai-viet/dang-uy-hop"], Links(await GetAsync("/chuyen-muc/dang-uy")));
    }

    [Fact]
    public async Task Exact_matches_rank_first()
    {
        Assert.Equal(["/bai-viet/bo", "/bai-viet/bo-huyen", "/bai-viet/bo-sac"], (await FindAsync("bo")).Order());
        Assert.Equal("/bai-viet/bo", (await FindAsync("bo"))[0]);
        Assert.Equal("/bai-viet/bo-huyen", (await FindAsync("bò"))[0]);
        Assert.Equal("/bai-viet/bo-sac", (await FindAsync("bó"))[0]);
    }

    [Fact]
    public async Task Exact_matches_rank_first_before_pages_of_better_scores()
    {
        Assert.NotEqual("/bai-viet/lap-lai", (await FindAsync("lap lai"))[0]);
        Assert.Equal("/bai-viet/lap-lai", (await FindAsync("lắp lái"))[0]);
    }

    [Fact]
    public async Task Title_matches_and_adjacent_words_rank_higher()
    {
        Assert.Equal(["/bai-viet/title", "/bai-viet/text"], await FindAsync("hiemcoquy"));
        Assert.Equal(["/bai-viet/together", "/bai-viet/apart"], await FindAsync("vòng xoay"));
    }

    [Theory]
    [InlineData("khongcotunay")]
    [InlineData("khongcotunay khongcotukhac")]
    [InlineData("phucthuanxa")]
    public async Task Without_a_match_the_page_gives_advice(string query)
    {
        var page = await OpenAsync(query);

        Assert.Contains("Không có bài viết nào", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main a[href='/so-do-trang']"));
        Assert.NotNull(page.QuerySelector("main a[href^='/bai-viet/']"));
        Assert.Equal(query, page.QuerySelector("input[name=q]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"*^+-:(){}'")]
    public async Task Without_a_word_the_page_shows_instructions(string query)
    {
        var page = await OpenAsync(query);

        Assert.Contains("có dấu hay không dấu", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".articles li"));
    }

    [Theory]
    [InlineData("phuc AND")]
    [InlineData("NOT NEAR(phuc, 2) OR")]
    [InlineData("exact_title:phuc")]
    [InlineData("phuc\" OR \"a")]
    [InlineData("phuc*")]
    [InlineData("\ud800")]
    public async Task Fts5_syntax_is_plain_text(string query)
    {
        using var response = await site.Client.GetAsync(
            "/tim-kiem?q="
                + Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(query))), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Matches_are_highlighted_and_the_query_is_encoded()
    {
        var page = await OpenAsync("thuan <script>alert(1)</script> phuc");
        Assert.Null(page.QuerySelector("main script"));

        page = await OpenAsync("phuc thuan");
        var result = page.QuerySelector(".articles li")!;
        Assert.Equal("Phúc Thuận", result.QuerySelector("h2 mark")!.TextContent);
        Assert.Equal("Xã Phúc Thuận", result.QuerySelector("h2")!.TextContent.Trim());
        Assert.Contains("<b>không phải thẻ</b>", result.QuerySelector("p")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_is_found_and_highlighted()
    {
        var page = await OpenAsync("xã phúc thuậ");

        Assert.Equal(["/bai-viet/xa-phuc-thuan"], Links(page));
        Assert.Equal("Xã Phúc Thuận", page.QuerySelector("h2 mark")!.TextContent);
        Assert.Equal("xã phúc thuậ", page.QuerySelector("input[name=q]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("lời tóm tắt", "Lời tóm tắt <b>không phải thẻ</b> Tin của xã.")]
    [InlineData("bà tác giả", "Lời tóm tắt <b>không phải thẻ</b> Tin của xã.")]
    [InlineData("đoạn đầu", SearchedSite.LongParagraph)]
    [InlineData("mở đầu", "Mở đầu có sẵn. Phần còn lại.")]
    public async Task Excerpts_contain_the_summary_and_the_text_once(string query, string excerpt)
    {
        var page = await OpenAsync(query);

        Assert.Equal(excerpt, page.QuerySelector(".articles li p")!.TextContent);
    }

    [Fact]
    public async Task Without_a_full_match_the_page_shows_relaxed_matches_with_a_notice()
    {
        var page = await OpenAsync("căn cước công dân gắn chip ở đâu");

        Assert.Equal(["/bai-viet/can-cuoc"], Links(page));
        Assert.Equal(
            "Không có bài viết nào có đủ các từ “căn cước công dân gắn chip ở đâu”. Dưới đây là 1 bài viết gần "
                + "đúng nhất.",
            page.QuerySelector("main p[role=status]")!.TextContent);
        Assert.Equal("căn cước công dân", page.QuerySelector("h2 mark")!.TextContent);
    }

    [Fact]
    public async Task Results_that_match_only_without_marks_have_a_separate_heading()
    {
        var page = await OpenAsync("bò");
        Assert.Equal("Có 1 bài viết chứa “bò”.", Status(page));
        Assert.Equal(["/bai-viet/bo-huyen"], Links(page, "main > .articles"));
        Assert.Equal(["/bai-viet/bo", "/bai-viet/bo-sac"], Links(page, ".alike .articles").Order());
        Assert.Contains("2 bài viết sau đây không có “bò”", Text(page, ".alike"), StringComparison.Ordinal);

        page = await OpenAsync("bỏ");
        Assert.Equal("Không có bài viết nào có đúng chữ “bỏ”.", Status(page));
        Assert.Empty(Links(page, "main > .articles"));
        Assert.Equal(3, Links(page, ".alike .articles").Count);
    }

    [Fact]
    public async Task An_unknown_word_is_named_and_another_one_suggested()
    {
        var page = await OpenAsync("phúc khongcotunay");
        Assert.Equal(["/bai-viet/xa-phuc-thuan"], Links(page));
        Assert.Contains("Không bài nào có từ “khongcotunay”.", Text(page, "main"), StringComparison.Ordinal);

        page = await OpenAsync("phucthuan");
        Assert.Equal(
            ["/bai-viet/xa-phuc-thuan"],
            Links(await GetAsync(page.QuerySelector("main a[href^='/tim-kiem?q=']")!.GetAttribute("href")!)));
    }

    [Fact]
    public async Task A_result_has_category_date_and_picture()
    {
        var result = (await OpenAsync("làm chè")).QuerySelector(".articles li")!;

        Assert.Equal("/media/che.jpg?w=960", result.QuerySelector("img")!.GetAttribute("src"));
        Assert.Equal("Nông nghiệp", result.QuerySelector(".date a[href='/chuyen-muc/nong-nghiep']")!.TextContent);
        Assert.Equal("2025-03-01", result.QuerySelector(".date time")!.GetAttribute("datetime"));
    }

    [Fact]
    public async Task Results_are_filtered_by_category_and_year()
    {
        var page = await OpenAsync("chè");
        Assert.Equal(3, Links(page).Count);
        Assert.Equal(
            ["", "nong-nghiep", "the-thao"],
            page.QuerySelectorAll("select[name=chuyen-muc] option")
                .Select(option => option.GetAttribute("value"))
                .Order());
        Assert.Equal(
            ["", "2026", "2025"],
            page.QuerySelectorAll("select[name=nam] option").Select(option => option.GetAttribute("value")));

        page = await GetAsync("/tim-kiem?q=ch%C3%A8&chuyen-muc=nong-nghiep&nam=2025");
        Assert.Equal(["/bai-viet/lam-che"], Links(page));
        Assert.Equal("Có 1 bài viết chứa “chè” trong chuyên mục Nông nghiệp đăng năm 2025.", Status(page));
        Assert.Equal("2025", page.QuerySelector("select[name=nam] option[selected]")!.GetAttribute("value"));

        page = await GetAsync("/tim-kiem?q=ch%C3%A8&chuyen-muc=the-thao&nam=2025");
        Assert.Empty(Links(page));
        Assert.Equal(
            "Không có bài viết nào có từ “chè” trong chuyên mục Thể thao đăng năm 2025.", Status(page));
        Assert.Equal(
            ["", "2026", "2025"],
            page.QuerySelectorAll("select[name=nam] option").Select(option => option.GetAttribute("value")));
        Assert.Equal(3, Links(await GetAsync(page.QuerySelector("main p > a")!.GetAttribute("href")!)).Count);

        page = await GetAsync("/tim-kiem?q=ch%C3%A8&chuyen-muc=%3Cb%3E&nam=x");
        Assert.Equal(3, Links(page).Count);
    }

    [Fact]
    public async Task Many_results_are_paged()
    {
        var found = new List<string>();
        for (string? address = "/tim-kiem?q=l%E1%BA%B7p%20l%E1%BA%A1i"; address is not null;)
        {
            var page = await GetAsync(address);
            Assert.Equal($"Có {SearchedSite.Many - 1} bài viết chứa “lặp lại”.", Status(page)); // one has other marks
            found.AddRange(Links(page));
            address = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(SearchedSite.Many, found.Distinct().Count());
        using var beyond = await site.Client.GetAsync("/tim-kiem?q=l%E1%BA%B7p&trang=9", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, beyond.StatusCode);
    }

    [Fact]
    public async Task Search_pages_are_not_indexed()
    {
        var page = await OpenAsync("phuc");

        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Contains(
            "Disallow: /tim-kiem",
            await site.Client.GetStringAsync("/robots.txt", Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_query_is_truncated_with_a_notice() => Assert.Contains(
        "Nội dung tìm kiếm dài hơn giới hạn", (await OpenAsync(new string('x', 500)))
            .QuerySelector("main")!.TextContent, StringComparison.Ordinal);

    private static List<string> Links(IHtmlDocument page, string list = ".articles") =>
        [.. page.QuerySelectorAll($"{list} h2 a").Select(link => link.GetAttribute("href")!)];

    private static string Status(IHtmlDocument page) => Text(page, "main p[role=status]");

    private static string Text(IHtmlDocument page, string selector) => string.Join(
        ' ',
        page.QuerySelector(selector)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<List<string>> FindAsync(string query) => Links(await OpenAsync(query));

    private Task<IHtmlDocument> OpenAsync(string query) => GetAsync("/tim-kiem?q=" + Uri.EscapeDataString(query));

    private async Task<IHtmlDocument> GetAsync(string address) =>
        await new HtmlParser()
            .ParseDocumentAsync(await site.Client.GetStringAsync(address, Cancellation), Cancellation);
}
