using System.Text.RegularExpressions;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Tests.Media.Pictures;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>Lists, tables and pictures of Word documents.</summary>
[Fast]
public sealed class WordBlocksTests
{
    private const string Numbering = """
        <w:abstractNum w:abstractNumId="1">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3."/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText
          w:val="-"/><w:pPr><w:ind w:left="1440"/></w:pPr></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText
          w:val="Điều %1."/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText
          w:val="%1."/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num>
        <w:num w:numId="5"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride
          w:val="1"/></w:lvlOverride></w:num>
        """;

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Fact]
    public void A_list_keeps_its_levels_and_number_formats() => Assert.Equal(
        """<ol type="I"><li>một<ol type="a" start="3"><li>điểm c</li><li>điểm d</li></ol></li><li>hai<ol type="a" """
            + """start="3"><li>lại c</li></ol></li></ol>""",
        Body(
            Item(1, 0, "một") + Item(1, 1, "điểm c") + Item(1, 1, "điểm d") + Item(1, 0, "hai") + Item(1, 1, "lại c")));

    [Fact]
    public void A_list_continues_after_a_paragraph_and_restarts_where_the_document_says() => Assert.Equal(
        """<ol><li>một</li><li>hai</li></ol><p>Chữ</p>""" + "\n"
            + """<ol start="3"><li>ba</li></ol><ol><li>lại một</li></ol>""",
        Body(
            Item(4, 0, "một") + Item(4, 0, "hai") + "<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>" + Item(4, 0, "ba")
                + "<w:p><w:r><w:t>Hết</w:t></w:r></w:p>" + Item(5, 0, "lại một"))
                .Replace("<p>Hết</p>\n", "", StringComparison.Ordinal));

    [Fact]
    public void Numbers_that_an_html_list_cannot_show_become_text() => Assert.Equal(
        "<p>Điều 1. Phạm vi</p>\n<p>Điều 2. Đối tượng</p>",
        Body(Item(3, 0, "Phạm vi") + Item(3, 0, "Đối tượng")));

    [Fact]
    public void Bullets_indented_below_a_numbered_item_are_a_nested_list() => Assert.Equal(
        "<ol><li>một<ul><li>a</li><li>b</li></ul></li><li>hai</li></ol>",
        Body(Item(4, 0, "một") + Item(2, 0, "a") + Item(2, 0, "b") + Item(4, 0, "hai")));

    [Fact]
    public void A_heading_keeps_the_number_of_its_style() => Assert.Equal(
        "<p>Mở đầu</p>\n<h2>I. Tình hình</h2>\n<h2>II. Nhiệm vụ</h2>",
        Body(
            "<w:p><w:r><w:t>Mở đầu</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val='H1'/></w:pPr><w:r><w:t>Tình "
                + "hình</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val='H1'/></w:pPr><w:r><w:t>Nhiệm"
                + " vụ</w:t></w:r></w:p>",
            "<w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId "
                + "w:val='1'/></w:numPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"));

    [Fact]
    public void A_paragraph_can_remove_the_numbering_of_its_style() => Assert.Equal(
        "<ol><li>một</li></ol><p>chữ</p>",
        Body(
            "<w:p><w:pPr><w:pStyle w:val='L'/></w:pPr><w:r><w:t>một</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val='L'/>"
                + "<w:numPr><w:numId w:val='0'/></w:numPr></w:pPr><w:r><w:t>chữ</w:t></w:r></w:p>",
            "<w:style w:type='paragraph' w:styleId='L'><w:name w:val='List Number'/><w:pPr><w:numPr><w:numId "
                + "w:val='4'/></w:numPr></w:pPr></w:style>"));

    [Fact]
    public void Merged_cells_span_columns_and_rows()
    {
        const string Borders = "<w:tblPr><w:tblBorders><w:insideH w:val='single'/></w:tblBorders></w:tblPr>";
        var body = Body(
            $"<w:tbl>{Borders}<w:tr><w:trPr><w:tblHeader/></w:trPr>"
                + $"{Cell("Xóm")}{Cell("Diện tích", "<w:gridSpan w:val='2'/>")}</w:tr>"
            + $"<w:tr>{Cell("Hàng Cau", "<w:vMerge w:val='restart'/>")}{Cell("12")}{Cell("ha")}</w:tr><w:tr>"
            + $"{Cell("", "<w:vMerge/>")}{Cell("3")}{Cell("sào")}</w:tr></w:tbl>");

        Assert.Contains(
            """<table><thead><tr><th>Xóm</th><th colspan="2">Diện tích</th></tr></thead><tbody><tr><td rowspan="2">"""
                + """Hàng Cau</td><td>12</td><td>ha</td></tr><tr><td>3</td><td>sào</td></tr></tbody></table>""",
            Regex.Replace(body, " (?:class|scope|data-label)=\"[^\"]*\"", ""),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_borders_is_a_layout_table() =>
        Assert.Contains(
            "presentation", Body($"<w:tbl><w:tr>{Cell("ỦY BAN")}{Cell("CỘNG HÒA")}</w:tr></w:tbl>"),
            StringComparison.Ordinal);

    [Fact]
    public void A_picture_is_embedded_with_its_description_and_size()
    {
        var article = Parse(
            new WordFile(Drawing("p1", "Đồi chè", 3_048_000)).Picture("p1", TestPicture.Quarters(640, 360).Png()));

        Assert.StartsWith("<p><img src=\"data:image/png;base64,", article.Body, StringComparison.Ordinal);
        Assert.Contains("alt=\"Đồi chè\"", article.Body, StringComparison.Ordinal);
        Assert.Contains("width=\"320\" height=\"180\"", article.Body, StringComparison.Ordinal);
        Assert.Empty(article.Remarks);
    }

    [Theory]
    [InlineData("emf", "image1.emf")]
    [InlineData("ngoài", null)]
    public void A_picture_that_cannot_be_shown_is_replaced_by_its_description_and_reported(string kind, string? name)
    {
        var file = new WordFile(Drawing("p1", "Biểu đồ thu", 3_048_000));
        var article = Parse(
            name is null
                ? file.Link("p1", "http://khac.example/a.png", "image")
                : file.Picture("p1", [1, 0, 0, 0, 88, 0, 0, 0], name));

        Assert.Equal("<p>Biểu đồ thu</p>", article.Body);
        Assert.Contains(
            kind == "emf" ? "image1.emf" : "nằm ngoài", Assert.Single(article.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cropped_part_of_a_picture_is_not_published()
    {
        var article = Parse(
            new WordFile(Drawing("p1", "a", 0, "<a:srcRect r='50000' b='25000'/>"))
                .Picture("p1", TestPicture.Quarters(640, 360).Png()));

        Assert.Contains("width=\"320\" height=\"270\"", article.Body, StringComparison.Ordinal);
    }

    private static string Item(int list, int level, string text) =>
        $"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>"
            + $"{text}</w:t></w:r></w:p>";

    private static string Cell(string text, string properties = "") =>
        $"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>";

    private static string Drawing(string id, string description, int width, string crop = "") =>
        $"<w:p><w:r><w:drawing><wp:inline><wp:extent cx='{width}' cy='1'/><wp:docPr id='1' name='Picture 1' "
            + $"descr='{description}'/><a:graphic><a:graphicData uri='http://schemas.openxmlformats."
            + $"org/drawingml/2006/picture'>"
        + $"<pic:pic><pic:blipFill><a:blip r:embed='{id}'/>{crop}</pic:blipFill></pic:pic></a:graphicData></a:graphic>"
        + $"</wp:inline></w:drawing></w:r></w:p>";

    private string Body(string body, string styles = "") =>
        Parse(new WordFile(body).Numbering(Numbering).Styles(styles)).Body;

    private Article Parse(WordFile file) => _parser.Parse(ArticleName.Of("bai.docx")!, file.ToBytes(), default);
}
