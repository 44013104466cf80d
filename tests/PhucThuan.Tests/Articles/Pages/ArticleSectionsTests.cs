using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles.Pages;

namespace PhucThuan.Tests.Articles.Pages;

[Fast]
public sealed class ArticleSectionsTests
{
    private const string Long = "<h2>Một</h2><p>a</p><h3>Một A</h3><h4>Một A 1</h4><h2>Hai</h2>";

    [Fact]
    public void Each_heading_has_an_id_and_links_to_itself()
    {
        var body = new HtmlParser().ParseDocument(
            ArticleSections.Of("<h2>Hồ sơ <b>gồm</b></h2><h3>Hồ sơ gồm</h3><h3>…</h3><h2 id=bai-x>Phí</h2>").Body);

        Assert.Equal(
            ["bai-muc-ho-so-gom", "bai-muc-ho-so-gom-2", "bai-muc-khac", "bai-x"],
            body.QuerySelectorAll("h2, h3").Select(heading => heading.Id));
        Assert.All(body.QuerySelectorAll("h2, h3"), heading =>
            Assert.Equal("#" + heading.Id, heading.QuerySelector("a")!.GetAttribute("href")));
        Assert.StartsWith("Hồ sơ <b>gồm</b><a ", body.QuerySelector("h2")!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal("Hồ sơ gồm", body.QuerySelector("h2")!.TextContent);
    }

    [Theory]
    [InlineData("<h2><a href='/x'>Một</a></h2>")]
    [InlineData("<h2><a id=bai-1></a>Một</h2>")]
    public void A_heading_keeps_its_own_link(string body)
    {
        var page = new HtmlParser().ParseDocument(ArticleSections.Of(body).Body);

        Assert.Equal("bai-muc-mot", page.QuerySelector("h2")!.Id);
        Assert.Equal("#bai-muc-mot", page.QuerySelectorAll("h2 > a")[1].GetAttribute("href"));
    }

    [Fact]
    public void The_table_of_contents_nests_subsections()
    {
        var contents = ArticleSections.Of(Long).Contents;

        Assert.Equal(["Một", "Hai"], contents.Select(section => section.Title));
        Assert.Equal(["bai-muc-mot-a", "bai-muc-mot-a-1"], contents[0].Parts.Select(part => part.Id));
        Assert.Empty(contents[1].Parts);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 4)]
    [InlineData(40, 40)]
    public void An_article_with_few_headings_has_no_table_of_contents(int headings, int entries) => Assert.Equal(
        entries,
        ArticleSections.Of(string.Concat(Enumerable.Range(1, headings).Select(number => $"<h2>Mục {number}</h2>")))
            .Contents.Count);

    [Fact]
    public void A_long_table_of_contents_has_top_level_sections_only() =>
        Assert.All(
            ArticleSections.Of(string.Concat(Enumerable.Repeat(Long, 10))).Contents,
            section => Assert.Empty(section.Parts));

    [Theory]
    [InlineData("<blockquote><h2>x</h2></blockquote>")]
    [InlineData("<table><tr><td><h2>x</h2></td></tr></table>")]
    [InlineData("<p>x</p>")]
    [InlineData("")]
    public void Text_without_sections_is_unchanged(string body) =>
        Assert.Equal(body, ArticleSections.Of(body).Body);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(180, 1)]
    [InlineData(300, 2)]
    [InlineData(1800, 10)]
    public void The_reading_time_is_computed_from_words(int words, int minutes) =>
        Assert.Equal(minutes, ArticleSections.Of($"<p>{string.Concat(Enumerable.Repeat("chữ ", words))}</p>").Minutes);

    [Fact]
    public void The_reading_time_excludes_tables()
    {
        var rows = string.Concat(Enumerable.Repeat("<tr><td>chữ <table><tr><td>chữ </table>", 700));
        var text = string.Concat(Enumerable.Repeat("chữ ", 360));

        Assert.Equal(2, ArticleSections.Of($"<p>{text}</p><table>{rows}</table>").Minutes);
        Assert.Equal(1, ArticleSections.Of($"<table>{rows}</table>").Minutes);
    }
}
