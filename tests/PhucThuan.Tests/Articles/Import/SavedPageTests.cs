namespace PhucThuan.Tests.Articles.Import;

[Fast]
public sealed class SavedPageTests
{
    private const string Text =
        "<p>Sáng nay bà con các xóm ra quân dọn vệ sinh đường làng, khơi thông cống rãnh, trồng thêm hoa hai bên "
            + "đường.</p>";

    [Theory]
    [InlineData("<nav><a href=/a>THỪA</a></nav><main>{0}</main><aside>THỪA</aside>")]
    [InlineData(
        "<header><nav><a href=/a>THỪA</a></nav></header><div id=content>{0}<form><textarea>THỪA</textarea><select>"
            + "<option>THỪA</select></form></div><footer>THỪA</footer>")]
    [InlineData(
        "<nav>THỪA</nav><article>{0}</article><aside><article><h3>THỪA</h3></article><article>THỪA</article></aside>")]
    [InlineData(
        "<div role=navigation><a href=/a>THỪA</a></div><div class=post>{0}</div><div class='sidebar'>THỪA</div><div "
            + "role=contentinfo>THỪA</div>")]
    [InlineData(
        "<meta property='og:title' content='Tiêu đề'><div class=detail>{0}</div><div class='tin-lien-quan'><a href=/x>"
            + "THỪA</a></div><ul class=breadcrumb><li><a href=/>THỪA</a></ul>")]
    public void Only_the_text_of_a_saved_page_is_published(string page)
    {
        var article = ParsedFile.Of("<title>Tiêu đề</title>" + page.Replace("{0}", Text, StringComparison.Ordinal));

        Assert.Equal(Text, article.Body.Trim());
        ParsedFile.HasRemark(article, "trang lưu từ nơi khác");
    }

    [Fact]
    public void A_card_is_not_the_text_even_as_the_only_article_element() => Assert.Contains(
        "ra quân dọn vệ sinh",
        ParsedFile.BodyOf(
            $"<div class=detail>{Text}</div><div class=related><article><a href=/x>Bài khác</a></article></div>"),
                StringComparison.Ordinal);

    [Fact]
    public void Title_date_and_summary_come_from_the_metadata_for_social_networks()
    {
        var article = ParsedFile.Of($"""
            <title>Dọn vệ sinh | Báo Ví Dụ</title><meta property="og:title" content="Dọn vệ sinh">
            <meta property="og:description" content="Tóm tắt">
            <meta property="article:published_time" content="2026-10-30T09:15:00+07:00">
            <nav>a</nav><h1>Dọn vệ sinh</h1><span class=date>30/10/2026 09:15</span>{Text}
            """);

        Assert.Equal(
            ("Dọn vệ sinh", "Tóm tắt", Text),
            (article.Summary.Title, article.Summary.Description, article.Body.Trim()));
        Assert.Equal(new DateTimeOffset(2026, 10, 30, 9, 15, 0, TimeSpan.FromHours(7)), article.Summary.Published);
    }

    [Fact]
    public void SmartReader_finds_the_text_among_generic_boxes()
    {
        var teasers = string.Concat(
            Enumerable.Range(0, 12)
                .Select(i => $"<div class=x{i}><a href=/t{i}>Tin khác số {i} trong tuần qua của tỉnh</a></div>"));
        var article = ParsedFile.Of(
            $"<title>Tiêu đề</title><meta property='og:type' content=article><div class=y>{teasers}</div><div class=z>"
                + $"{string.Concat(Enumerable.Repeat(Text, 8))}</div>");

        Assert.Contains("ra quân dọn vệ sinh", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Tin khác số", article.Body, StringComparison.Ordinal);
    }
}
