namespace PhucThuan.Tests.Articles.Import;

/// <summary>
/// XHTML as the export filter of LibreOffice writes it: bullets as text, list styles hidden, comments in spans.
/// </summary>
[Fast]
public sealed class LibreOfficeXhtmlTests
{
    private const string Head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1 plus MathML 2.0//EN"
          "http://www.w3.org/Math/DTD/mathml2/xhtml-math11-f.dtd">
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en-US"><head
          profile="http://dublincore.org/documents/dcmi-terms/">
        <title xml:lang="en-US">- no title specified</title><meta name="DCTERMS.creator" content="Admin"/><meta
          name="DCTERMS.issued" content="2019-04-02T08:00:00" scheme="DCTERMS.W3CDTF"/>
        <style>
        h1, h2 { clear:both;} ol, ul { margin:0; padding:0;} li { list-style: none; margin:0; padding:0;}
        span.annotation_style_by_filter { font-size:95%; background-color:#fff000; }* { margin:0;}
        .P1 { text-align:center ! important; font-weight:bold; }
        .Title { font-size:20pt; font-weight:bold; } .T1 { font-weight:bold; } 
        .T2 { text-decoration:line-through; } .T6 { display:none; }
        .Tab_A1 { border-top-width:thin; border-top-style:solid; border-top-color:#000000; } 
        .L_A1 { border-top-style:none; border-left-style:none; border-bottom-style:none; border-right-style:none; }
        </style></head><body dir="ltr">
        """;

    [Fact]
    public void The_title_comes_from_the_style_and_generated_metadata_are_ignored()
    {
        var article = Parse(
            "<p class=\"Title\">Kế hoạch tưới chè</p><p class=\"P1\">Xóm Hàng Cau</p><p class=\"Standard\">Nội dung."
                + "</p>");

        Assert.Equal(
            ("Kế hoạch tưới chè", null, ParsedFile.Uploaded),
            (article.Summary.Title, article.Summary.Author, article.Summary.Published));
        Assert.Contains("<p><b>Xóm Hàng Cau</b></p>", article.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<span class=\"T6\">KÍN</span>")]
    [InlineData(
        "<span title=\"annotation\" class=\"annotation_style_by_filter\">[ANNOTATION:<br/>BY 'Admin'<br/>ON "
            + "'2026'<br/>NOTE: 'KÍN']</span>")]
    [InlineData("<span class=\"T6\"/>")]
    [InlineData("<a id=\"a1\"/>")]
    public void Comments_and_hidden_text_are_removed_and_empty_elements_swallow_nothing(string part) => Assert.Equal(
        "<p>Trước sau</p><p>Hết</p>",
        System.Text.RegularExpressions.Regex.Replace(
            Parse($"<p class=\"Title\">Tiêu đề</p><p class=\"Standard\">Trước{part} sau</p><p>Hết</p>").Body,
            "<a[^>]*></a>|\n", ""));

    [Theory]
    [InlineData("•", "ul")]
    [InlineData("–", "ul")]
    [InlineData("1.", "ol")]
    [InlineData("a)", "ol")]
    public void Bullets_and_numbers_appear_once(string marker, string list)
    {
        var item = $"<li><p class=\"P2\" style=\"margin-left:0cm;\"><span style=\"display:block;float:left;"
            + $"min-width:0.635cm;\">{marker}</span>Tưới nước<span class=\"odfLiEnd\"/> </p></li>";
        var body = Parse($"<p class=\"Title\">Tiêu đề</p><{list}>{item}</{list}>").Body;

        Assert.DoesNotContain(marker, body, StringComparison.Ordinal);
        Assert.Matches($"<{list}><li>(?:<p>)?Tưới nước", body);
    }

    [Fact]
    public void A_table_with_borders_is_a_data_table_and_one_without_a_layout_table()
    {
        const string Row = "<tr><td class=\"{0}\"><p>Xóm</p></td><td class=\"{0}\"><p>Số hộ</p></td></tr>";
        var data = Parse(
            "<p class=\"Title\">T</p><table border=\"0\">" + Row.Replace("{0}", "Tab_A1", StringComparison.Ordinal)
                + "</table>").Body;
        var layout = Parse(
            "<p class=\"Title\">T</p><table border=\"0\">" + Row.Replace("{0}", "L_A1", StringComparison.Ordinal)
                + "</table>").Body;

        Assert.Contains("role=\"region\"", data, StringComparison.Ordinal);
        Assert.Contains("role=\"presentation\"", layout, StringComparison.Ordinal);
    }

    private static PhucThuan.Portal.Articles.Article Parse(string body) =>
        ParsedFile.Of(System.Text.Encoding.UTF8.GetBytes(Head + body + "</body></html>"));

    [Theory]
    [InlineData("<span class=\"fr1\" id=\"A1\"><img alt=\"Đồi chè\" src=\"media/a.jpg\"/>Đồi chè</span>")]
    [InlineData("<span class=\"fr1\"><img alt=\"\" src=\"media/a.jpg\"/>Đồi chè</span>")]
    [InlineData("\n<div class=\"Frame\"><div><div class=\"Standard\"><img alt=\"Đồi chè\" src=\"media/a.jpg\"/></div>"
        + "</div>Đồi chè</div>")]
    public void The_title_of_a_picture_becomes_its_description_and_not_text(string frame)
    {
        var body = ParsedFile.BodyOf(
            "<div class=\"Standard\"><div style=\"display:inline\">Trước </div><!--Next '            span' is a "
                + $"draw:frame.        -->{frame}</div><p>Đồi chè</p>");

        Assert.Contains("alt=\"Đồi chè\"", body, StringComparison.Ordinal);
        Assert.Contains("<p>Đồi chè</p>", body, StringComparison.Ordinal);
        Assert.Equal(3, body.Split("Đồi chè").Length);
    }
}
