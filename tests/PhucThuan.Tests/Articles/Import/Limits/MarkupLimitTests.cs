using System.Text;
using PhucThuan.Portal;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Import.Limits;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Import.Limits;

/// <summary>Files beyond the markup limits, such as a list of 3,000 households saved by Word.</summary>
public sealed class MarkupLimitTests
{
    private const int Columns = 9;

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Fact]
    public void Beyond_the_limit_metadata_are_read_and_each_row_becomes_a_line()
    {
        var article = Parse(3000);
        var lines = article.Body.Replace("</pre>", "", StringComparison.Ordinal).Split('\n');

        Assert.Equal(("Danh sách hộ", "Văn phòng", "Thông báo", "Năm 2026"),
            (article.Summary.Title, article.Summary.Author, article.Summary.Category, article.Summary.Description));
        Assert.Equal("20-11-2026 07:30", VietnamTime.Format(article.Summary.Published));
        Assert.Equal("<pre>Kính gửi bà con &amp; các xóm", lines[0]);
        Assert.Equal(string.Join(" | ", Enumerable.Range(0, Columns).Select(column => $"Ô 0-{column}")), lines[1]);
        Assert.Equal(3001, lines.Length);
        Assert.Single(article.Remarks);
    }

    [Fact]
    public void Hidden_text_is_removed_from_the_lines()
    {
        var article = Parse(3000, """
            <style>.an { display: none }</style><p class=an>KÍN</p><p>a<span style='visibility:hidden'>KÍN</span></p>
            <p>b<del datetime=x>KÍN</del></p>
            <div style='mso-element:comment-list'><p>KÍN</p></div><script>KÍN</script>
            <!-- KÍN --><template>KÍN</template>
            """);

        Assert.DoesNotContain("KÍN", ParsedFile.AllOf(article), StringComparison.Ordinal);
        Assert.Contains("a\nb\n", article.Body, StringComparison.Ordinal);
    }

    // Regression test: this took minutes.
    [Fact]
    public void Unclosed_brackets_are_text()
    {
        var article = _parser.Parse(
            "a", Encoding.UTF8.GetBytes(Repeat($"<div>{Repeat("<p>a", 200)}</div>", 510) + Repeat("<", 900_000)),
            default);

        Assert.Equal(2, article.Body.Count(letter => letter == '<'));
    }

    // Regression test: this took 5.5 s.
    [Theory]
    [InlineData("<p>", "{0} ")]
    [InlineData("<p>a<pre>", "{0}\n")]
    [InlineData("<table>", "<tr><td>{0}</td></tr>")]
    [InlineData("a", "<p hidden>{0}</p>")]
    public void A_text_over_the_length_limit_is_refused(string start, string part)
    {
        var text = string.Join(' ', Enumerable.Repeat("chè", 256));
        var html = start + Repeat(part.Replace("{0}", text, StringComparison.Ordinal), 1026);

        var refused = Assert.Throws<NotAnArticleException>(() => ParsedFile.Of("<title>t</title>" + html));

        Assert.Contains("1.048.576 chữ", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(ParsedFile.BodyOf(html[..1_000_000]));
    }

    [Fact]
    public void Scripts_styles_and_pictures_do_not_count_as_text() => Assert.Equal(
        "<p>a</p>",
        ParsedFile.BodyOf(
            $"<p>a</p><script>{Repeat("a=1;", TextLimit.MaxLength / 4)}</script><style>/*{new string('a', 400_000)}*/"
                + $"</style><!--{new string('a', TextLimit.MaxLength)}--><b title='{new string('a', 999_999)}'></b>"));

    // Regression test: AngleSharp's InnerHtml took more than half a minute for 100,000 such elements.
    [Fact]
    public void Many_sibling_elements_are_serialised_unchanged()
    {
        const int Lines = (MarkupLimit.MaxChildren / 2) - 1;

        Assert.Equal(
            "<p>" + Repeat("chè<br>", Lines)[..^"<br>".Length] + "</p>",
            _parser.Parse("a", Encoding.UTF8.GetBytes(Repeat("chè<br>", Lines)), default).Body);
    }

    public static TheoryData<string, string> Heavy => new()
    {
        { "external pictures", "chữ" + Repeat("<img src='http://khac.example/a.jpg' alt='ảnh'>", 49_000) },
        { "line breaks", Repeat("chè<br>", 99_000) },
        { "boxes", Repeat("<div>dòng</div>", 49_000) },
        { "links", "<p>" + Repeat("<a href=http://khac.example/>liên kết</a> ", 40_000) },
        { "list items", $"<ul>{Repeat("<li>mục</li>", 40_000)}</ul>" },
        { "cells of one row", $"<table><tr>{Repeat("<td>ô</td>", 40_000)}</tr></table>" },
        { "hidden text", Repeat("<span style='display:none'>KÍN</span>a", 30_000) },
        { "tags", Repeat($"<div>{Repeat("<i>a</i>", 500)}</div>", 300) },
        { "attributes of one element", $"<p {Numbered(200_000, number => $"a{number}=''")}>chữ</p>" },
        { "attributes without values", $"<p {Numbered(200_000, number => $"a{number}")}>chữ</p>" },
        { "attributes with brackets", $"<p {Numbered(200_000, number => $"a{number}='<i>'")}>chữ</p>" },
        { "attributes of metadata", $"<meta {Numbered(200_000, number => $"a{number}=1")}><p>chữ</p>" },
        { "attributes of all elements", Repeat($"<p {Numbered(20, number => $"a{number}=1")}>chữ</p>", 31_000) },
        { "paragraphs with a class and an id each", Numbered(100_000, number => $"<p class=c{number} id=i{number}>a") },
        { "classes", $"<p class=\"{Numbered(300_000, number => $"c{number}")}\">chữ</p>" },
        { "brackets in brackets", Repeat("<b<i>>", 50_000) },
        { "nested boxes", Repeat("<div>", 50_000) + "chữ" },
        { "nested lists", Repeat("<ul><li>", 50_000) + "chữ" },
        { "nested tables", Repeat("<table><tr><td>", 50_000) + "chữ" },
        { "nested emphasis", Repeat("<b><i>", 50_000) + "chữ" },
    };

    [Theory]
    [MemberData(nameof(Heavy))]
    public void A_file_that_would_take_too_long_is_reduced_to_text_or_refused(string kind, string html)
    {
        try
        {
            var article = _parser.Parse("a", Encoding.UTF8.GetBytes(html), default);

            Assert.StartsWith("<pre>", article.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("KÍN", article.Body, StringComparison.Ordinal);
            ParsedFile.HasRemark(article, "hãy chia thành nhiều bài");
        }
        catch (NotAnArticleException refused)
        {
            // Without a parser, hidden text cannot be recognised, so a file with styles is refused; so is one with
            // more attributes than any program writes.
            Assert.True(
                html.Contains("class", StringComparison.Ordinal)
                    || html.Contains("style", StringComparison.Ordinal)
                    || kind.Contains("attributes", StringComparison.Ordinal), kind);
            Assert.Equal(
                kind.Contains("attributes", StringComparison.Ordinal) || kind == "classes",
                refused.Message.Contains("thuộc tính", StringComparison.Ordinal));
            Assert.Contains("hãy chia thành nhiều bài", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("p:nth-child(2)")]
    [InlineData("p:not(.a)")]
    [InlineData("h2 ~ p")]
    [InlineData("@media screen{p:last-child")]
    public void An_expensive_selector_is_refused_in_a_file_with_thousands_of_elements(string selector)
    {
        var html = $"<style>{selector}{{color:red}}</style><p>";

        Assert.NotEmpty(ParsedFile.BodyOf(html + Repeat("a<br>", 400)));
        var refused = Assert.Throws<NotAnArticleException>(() => ParsedFile.BodyOf(html + Repeat("a<br>", 5_000)));
        Assert.Contains("kiểu trình bày", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Styles_that_are_too_long_are_refused()
    {
        var rule = $"<style>{Repeat(".a{color:red}", 21_000)}</style>";

        var refused = Assert.Throws<NotAnArticleException>(() => ParsedFile.BodyOf(rule + rule + "<p>a"));
        Assert.Contains("kiểu trình bày", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".c7")]
    [InlineData("#i7")]
    [InlineData("p.c7:hover, p.c7")]
    [InlineData(".\\63 7")]
    [InlineData("div > #i7")]
    public void A_rule_for_one_of_many_classes_hides_its_element_only(string selector)
    {
        var body = ParsedFile.BodyOf(
            $"<style>{selector}{{display:none}}</style><div>"
                + $"{Numbered(9, number => $"<p class='k c{number}' id=i{number}>Đoạn {number}</p>")}</div>");

        Assert.Equal(
            [0, 1, 2, 3, 4, 5, 6, 8],
            Enumerable.Range(0, 9).Where(number => body.Contains($"Đoạn {number}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<p hidden>KÍN</p>")]
    [InlineData("<p style='display:none'>KÍN</p>")]
    [InlineData("<style>p.x{visibility:hidden}</style><p class=x>KÍN</p>")]
    [InlineData("<del cite=x>KÍN</del>")]
    [InlineData("<font color=white>KÍN</font>")]
    [InlineData("<template>KÍN</template>")]
    [InlineData("<noscript>KÍN</noscript>")]
    [InlineData("<dialog>KÍN</dialog>")]
    [InlineData("<svg><desc>KÍN</desc></svg>")]
    public void A_file_that_cannot_be_parsed_but_may_hide_text_is_refused(string hiding) =>
        Assert.Throws<NotAnArticleException>(
        () => _parser.Parse("a", Encoding.UTF8.GetBytes(hiding + Repeat("<div>", 5_000) + "chữ"), default));

    private static string Numbered(int count, Func<int, string> text) =>
        string.Join(' ', Enumerable.Range(0, count).Select(text));

    private Article Parse(int rows, string more = "") => _parser.Parse("a", Encoding.UTF8.GetBytes($"""
        <html><head><title>Danh sách hộ</title><meta name=date content="20-11-2026 07:30">
        <meta name=author content="Văn phòng"><meta name=category content="Thông báo">
        <meta name=description content="Năm 2026"><style>p {"{}"}</style></head>
        <body>{more}<p>Kính gửi bà con &amp; các xóm</p>
        <table border=1>{string.Concat(Enumerable.Range(0, rows).Select(Row))}</table></body></html>
        """), default);

    private static string Row(int row) =>
        $"<tr>{string.Concat(Enumerable.Range(0, Columns).Select(column => Cell($"Ô {row}-{column}")))}</tr>\n";

    private static string Cell(string text) =>
        $"<td width=64 style='width:48pt'><p class=MsoNormal><span style='font-size:12pt'>{text}<o:p></o:p></span></p>"
            + $"</td>";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
