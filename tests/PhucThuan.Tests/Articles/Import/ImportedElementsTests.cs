namespace PhucThuan.Tests.Articles.Import;

/// <summary>Conversion of elements and tables from other programs to plain HTML.</summary>
[Fast]
public sealed class ImportedElementsTests
{
    [Theory]
    [InlineData("<p><STRIKE>a</STRIKE> <tt>b</tt></p>", "<p><s>a</s> <code>b</code></p>")]
    [InlineData("<dir><li>a</dir><menu><li>b</menu>", "<ul><li>a</li></ul><ul><li>b</li></ul>")]
    [InlineData("<p><span style='text-decoration:line-through'>a</span></p>", "<p><s>a</s></p>")]
    [InlineData("<style>.P3{font-weight:bold}</style><p class=P3>a</p>", "<p><b>a</b></p>")]
    [InlineData("<p role=heading aria-level=2>a</p><p>b</p>", "<h2>a</h2><p>b</p>")]
    [InlineData(
        "<ul><li><input type=checkbox checked> a<li><INPUT TYPE=CheckBox> b</ul>",
        "<ul><li>☑  a</li><li>☐  b</li></ul>")]
    public void Obsolete_elements_are_replaced_by_their_equivalents(string html, string body) =>
        Assert.Equal(body, ParsedFile.BodyOf(html));

    [Theory]
    [InlineData("<p class=MsoNormal><img src=media/a.jpg></p><p class=MsoCaption><i>Hình 1</i></p>", "<i>Hình 1</i>")]
    [InlineData(
        "<div class='wp-caption alignnone'><a href=/x><img src=media/a.jpg></a><p class=wp-caption-text>Đồi chè</p>"
            + "</div>", "Đồi chè")]
    [InlineData("<p>[caption id='x' width='300']<img src=media/a.jpg> Đồi chè[/caption]</p>", "Đồi chè")]
    [InlineData("<p><img src=media/a.jpg></p><p>Hình 1. Đồi chè</p>", "Hình 1. Đồi chè")]
    public void A_picture_and_its_caption_become_a_figure(string html, string caption)
    {
        var body = ParsedFile.BodyOf(html + "<p>Tiếp theo.</p>");

        Assert.Matches("^<figure>(?:<a[^>]*>)?<img [^>]*>(?:</a>)?\\s*<figcaption>", body);
        Assert.Contains($"<figcaption>{caption}</figcaption></figure>", body, StringComparison.Ordinal);
        Assert.EndsWith("<p>Tiếp theo.</p>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "<table class=waffle><thead><tr><th></th><th>A</th><th>B</th></tr></thead><tbody><tr><th><div>1</div></th><td>"
            + "Xóm</td><td>Số hộ</td></tr></tbody></table>")]
    [InlineData("<table><tr><td></td><td>A</td><td>B</td></tr><tr><td>1</td><td>Xóm</td><td>Số hộ</td></tr></table>")]
    public void Column_letters_and_row_numbers_of_a_spreadsheet_are_removed(string html) =>
        Assert.Contains("<tr><td>Xóm</td><td>Số hộ</td></tr>", ParsedFile.BodyOf(html), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "<style>.xl65{border:.5pt solid windowtext}</style><table border=0><tr><td class=xl65>a</td></tr></table>")]
    [InlineData("<table border=0><tr><td class=xl70>a</td></tr></table>")]
    [InlineData("<style>.c{border-top:thin solid #000}</style><table border=0><tr><td class=c>a</td></tr></table>")]
    public void A_spreadsheet_table_is_a_data_table_even_with_border_0(string html) =>
        Assert.Contains("role=\"region\"", ParsedFile.BodyOf(html), StringComparison.Ordinal);

    [Fact]
    public void A_formula_keeps_its_allowed_MathML_only() => Assert.Equal(
        "<p><math><mi>S</mi><mo>=</mo><mfrac><mi>a</mi><mn>2</mn></mfrac></math></p>",
        ParsedFile.BodyOf(
            "<p><math xmlns='http://www.w3.org/1998/Math/MathML' href='javascript:x'><semantics><mrow onclick=x><mi>"
                + "S</mi><mo>=</mo><mfrac><mi>a</mi><mn><b>2</b></mn></mfrac></mrow><annotation>KÍN</annotation>"
                + "</semantics></math></p>")
            .Replace("<mrow>", "", StringComparison.Ordinal).Replace("</mrow>", "", StringComparison.Ordinal));
}
