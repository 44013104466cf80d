using System.Text;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Markup;

[Fast]
public sealed class ValidMarkupTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("<ol type=a start=3><li value=5>a</ol>", """<ol type="a" start="3"><li value="5">a</li></ol>""")]
    [InlineData("<ul type=disc value=1><li type=1>a</ul>", "<ol><li>a</li></ol>")]
    [InlineData("<ol type=x start=x><li>a</ol>", "<ol><li>a</li></ol>")]
    [InlineData("<p width=1 height=1 alt=x start=1 scope=row>a</p><hr width=50%>", "<p>a</p><hr>")]
    [InlineData(
        "<img src=media/a.jpg width=50% height=auto alt=x>",
        """<p><img src="/media/a.jpg" alt="x" loading="lazy" decoding="async"></p>""")]
    [InlineData("<p title=' '>a</p><p title=x>b</p>", """<p>a</p><p title="x">b</p>""")]
    [InlineData("<time datetime='hôm qua'>a</time><del class=x>b</del>", "<p>a<del>b</del></p>")]
    public void Attributes_stay_only_on_elements_that_define_them(string html, string expected) =>
        Assert.Equal(expected, Parse(html));

    [Theory]
    [InlineData("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>")]
    [InlineData("<ul><ol><li>b</li></ol></ul>", "<ul><li><ol><li>b</li></ol></li></ul>")]
    [InlineData("<ul>\n a <b>b</b><li>c</li></ul>", "<ul><li>\n a <b>b</b></li><li>c</li></ul>")]
    [InlineData("<ul><p>a</p><p>b</p></ul>", "<ul><li><p>a</p><p>b</p></li></ul>")]
    public void A_list_contains_items_only(string html, string expected) => Assert.Equal(expected, Parse(html));

    [Theory]
    [InlineData(
        "<p>a</p><li>b</li>\n<li>c<p>d</p></li><p>e</p>",
        "<p>a</p><ul><li>b</li><li><p>c</p><p>d</p></li></ul>\n<p>e</p>")]
    [InlineData(
        "<summary>a</summary><dt>b</dt><dd><p>c</p></dd><figcaption>d</figcaption>",
        "<p>a</p><p>b</p><p>c</p><p>d</p>")]
    [InlineData(
        "<details><summary>a</summary>b<summary>c</summary></details>",
        "<details><summary>a</summary>b<p>c</p></details>")]
    [InlineData("<figure><img src=media/a.jpg alt=x><figcaption>b</figcaption></figure>",
        """<figure><img src="/media/a.jpg" alt="x" loading="lazy" decoding="async"><figcaption>b</figcaption>"""
            + """</figure>""")]
    public void Misplaced_elements_become_text(string html, string expected) =>
        Assert.Equal(expected, Parse(html));

    [Theory]
    [InlineData(
        "<p id='Picture 1'>a</p><a href='#Picture 1'>b</a>",
        """<p id="bai-Picture-1">a</p><p><a href="#bai-Picture-1">b</a></p>""")]
    [InlineData("<p id=x>a</p><p id=x>b</p><p id=' '>c</p>", """<p id="bai-x">a</p><p>b</p><p>c</p>""")]
    [InlineData("<a href=#khong-co>a</a>", "<p><a>a</a></p>")]
    [InlineData(
        "<p><a name=x></a></p><p>a</p><a href=#x>b</a>", """<p id="bai-x">a</p><p><a href="#bai-x">b</a></p>""")]
    public void Each_internal_link_has_one_target(string html, string expected) =>
        Assert.Equal(expected, Parse(html));

    [Fact]
    public void Each_data_table_has_a_unique_name()
    {
        var body = Parse(
            "<table><tr><td>a</table><table><caption>Lịch</caption><tr><td>b</table><table border=1><tr><td>c</table>");

        Assert.Equal(
            ["Bảng 1", "Lịch", "Bảng 3"], body.Split("aria-label=\"").Skip(1).Select(rest => rest.Split('"')[0]));
    }

    [Theory]
    [InlineData("<table border=0><tr><td>Số: 45<td>Độc lập</table>", true)]
    [InlineData("<table><tr><td style='border: none; padding: 0'>Số: 45</table>", true)]
    [InlineData("<table border=0><tr><td style='border:solid windowtext 1.0pt'>a</table>", false)]
    [InlineData("<table border=0><tr><th>a<td>b</table>", false)]
    [InlineData("<table><tr><td>a</table>", false)]
    public void A_table_without_borders_is_a_layout_table(string html, bool isLayout)
    {
        var body = Parse(html);

        Assert.Equal(
            isLayout,
            body.StartsWith(
                """<div class="table-scroll"><table class="layout" role="presentation">""", StringComparison.Ordinal));
        Assert.Equal(!isLayout, body.Contains("role=\"region\"", StringComparison.Ordinal));
    }

    private string Parse(string html) =>
        _parser.Parse("a", Encoding.UTF8.GetBytes("<title>t</title><div>" + html), default).Body;
}
