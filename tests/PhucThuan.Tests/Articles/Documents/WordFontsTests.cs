using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Tests.Media.Pictures;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>Symbol fonts and legacy font encodings in Word files, and the pictures that lists show.</summary>
[Fast]
public sealed class WordFontsTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("<w:sym w:font='Wingdings' w:char='F0E0'/>", "→")]
    [InlineData("<w:sym w:font='Wingdings' w:char='00FE'/>", "☑")]
    [InlineData("<w:sym w:font='Symbol' w:char='F0B3'/>", "≥")]
    [InlineData("<w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/></w:rPr><w:t>à</w:t>", "→")]
    [InlineData("<w:rPr><w:rFonts w:hAnsi='Symbol'/></w:rPr><w:t>a</w:t>", "α")]
    [InlineData("<w:rPr><w:rFonts w:ascii='Segoe UI Symbol'/></w:rPr><w:t>a</w:t>", "a")]
    [InlineData("<w:rPr><w:rStyle w:val='Dau'/></w:rPr><w:t>à</w:t>", "→")]
    [InlineData("<w:rPr><w:rStyle w:val='Dau'/><w:rFonts w:asciiTheme='minorHAnsi'/></w:rPr><w:t>à</w:t>", "à")]
    public void Symbols_become_the_characters_that_they_display(string run, string shown) => Assert.Equal(
        $"<p>Nộp {shown} nhận</p>",
        Parse(
            $"<w:p><w:r><w:t xml:space='preserve'>Nộp </w:t></w:r><w:r>{run}</w:r><w:r><w:t xml:space='preserve'> "
                + $"nhận</w:t></w:r></w:p>").Body);

    [Theory]
    [InlineData("<w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/>", "Th«ng b¸o tíi bµ con", "Thông báo tới bà con")]
    [InlineData("<w:rFonts w:ascii='.VnTimeH'/>", "th«ng b¸o", "THÔNG BÁO")]
    [InlineData(
        "<w:rFonts w:ascii='VNI-Times' w:hAnsi='VNI-Times'/>", "Ngaøy hoäi ñaïi ñoaøn keát", "Ngày hội đại đoàn kết")]
    [InlineData("<w:rStyle w:val='Cu'/><w:rFonts w:eastAsia='MS Mincho'/>", "Th«ng b¸o", "Thông báo")]
    public void Legacy_font_encodings_are_converted_to_Unicode_and_reported(
        string properties, string text, string unicode)
    {
        var article = Parse(
            $"<w:p><w:r><w:t>Mở đầu</w:t></w:r></w:p><w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        );

        Assert.Contains($">{unicode}<", article.Body, StringComparison.Ordinal);
        ParsedFile.HasRemark(article, "Unicode");
    }

    [Fact]
    public void A_title_in_a_legacy_font_is_converted_too() =>
        Assert.Equal(
            "Thông báo",
            Parse(
                "<w:p><w:r><w:rPr><w:b/><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>Th«ng b¸o</w:t></w:r></w:p><w:p>"
                    + "<w:r><w:t>a</w:t></w:r></w:p>").Summary.Title);

    [Fact]
    public void Lists_show_the_first_picture_that_is_no_emblem()
    {
        var article = _parser.Parse(
            ArticleName.Of("Lễ hội.docx")!,
            new WordFile(Drawing("nho") + Drawing("lon")).Picture("nho", TestPicture.Quarters(80, 80).Png(), "a.png")
                .Picture("lon", TestPicture.Quarters(640, 360).Png(), "b.png").ToBytes(),
            default);

        Assert.Matches(@"^/bai-viet/le-hoi/anh\?v=[0-9a-f]{12}$", article.Summary.Image);
        Assert.Null(article.Cover);
    }

    [Fact]
    public void A_file_whose_only_picture_is_an_emblem_has_no_list_picture() =>
        Assert.Null(
            _parser.Parse(
                ArticleName.Of("a.docx")!, new WordFile(Drawing("p")).Picture("p", TestPicture.Quarters(80, 80).Png())
                    .ToBytes(), default).Summary.Image);

    [Theory]
    [InlineData("http://schemas.openxmlformats.org/drawingml/2006/chart", "biểu đồ")]
    [InlineData("http://schemas.openxmlformats.org/drawingml/2006/diagram", "sơ đồ")]
    public void A_chart_that_is_not_shown_is_reported(string kind, string words)
    {
        var article = Parse(
            $"<w:p><w:r><w:t>Thu ngân sách</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr id='1' name='a' descr='Cột "
                + $"thu'/><a:graphic><a:graphicData uri='{kind}'/></a:graphic></wp:inline></w:drawing></w:r></w:p>");

        ParsedFile.HasRemark(article, words);
    }

    private static string Drawing(string id) =>
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='a'/><a:graphic><a:graphicData uri='u'><pic:pic>"
            + "<pic:blipFill>"
        + $"<a:blip r:embed='{id}'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        + $"</w:r></w:p>";

    private Article Parse(string body) => _parser.Parse(
        ArticleName.Of("bai.docx")!,
        new WordFile(body).Styles(
            "<w:style w:type='character' w:styleId='Dau'><w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>"
                + "</w:rPr></w:style>"
            + "<w:style w:type='character' w:styleId='Cu'><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr></w:style>")
            .ToBytes(),
        default);
}
