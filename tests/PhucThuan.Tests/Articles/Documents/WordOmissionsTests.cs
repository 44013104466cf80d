using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>Content that an article omits from its Word document is reported with one remark for each kind.</summary>
[Fast]
public sealed class WordOmissionsTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("<w:r><w:rPr><w:vanish/></w:rPr><w:t>KÍN</w:t></w:r>", "1 đoạn chữ ẩn")]
    [InlineData("<w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>KÍN</w:t></w:r>", "1 đoạn chữ ẩn")]
    [InlineData("<w:r><w:rPr><w:color w:val='fefefe'/></w:rPr><w:t>KÍN</w:t></w:r>", "1 đoạn chữ ẩn")]
    [InlineData(
        "<w:r><w:rPr><w:color w:val='auto' w:themeColor='background1'/></w:rPr><w:t>KÍN</w:t></w:r>",
        "1 đoạn chữ ẩn")]
    [InlineData(
        "<w:r><w:rPr><w:sz w:val='2'/></w:rPr><w:t>KÍN</w:t></w:r><w:r><w:rPr><w:sz w:val='1'/></w:rPr><w:t>KÍN</w:t>"
            + "</w:r><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>KÍN</w:t></w:r>",
        "2 đoạn chữ ẩn")]
    [InlineData(
        "<w:r><w:pict><v:shape style='position:absolute; visibility: hidden'><v:textbox><w:txbxContent><w:p><w:r>"
            + "<w:t>KÍN</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        "1 đoạn chữ ẩn")]
    [InlineData("<w:del w:author='A'><w:r><w:delText>KÍN</w:delText></w:r></w:del>", "1 đoạn bị xóa")]
    [InlineData(
        "<w:ins w:author='A'><w:del w:author='B'><w:r><w:delText>KÍN</w:delText></w:r></w:del></w:ins><w:del "
            + "w:author='A'><w:r><w:delText>KÍN</w:delText></w:r></w:del>",
        "2 đoạn bị xóa")]
    [InlineData("<w:r><w:commentReference w:id='7'/></w:r>", "1 lời bình luận")]
    [InlineData(
        "<w:r><w:commentReference w:id='7'/></w:r><w:r><w:commentReference w:id='8'/></w:r>", "2 lời bình luận")]
    [InlineData("<w:fldSimple w:instr=' AUTHOR '><w:r><w:t>KÍN</w:t></w:r></w:fldSimple>", "1 trường tự điền")]
    [InlineData(
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> FILENAME \\p </w:instrText></w:r><w:r>"
            + "<w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>KÍN</w:t></w:r><w:r><w:fldChar "
            + "w:fldCharType='end'/></w:r>",
        "1 trường tự điền")]
    [InlineData(
        "<w:fldSimple w:instr=' DOCPROPERTY  LastSavedBy \\* MERGEFORMAT'><w:r><w:t>KÍN</w:t></w:r></w:fldSimple>",
        "1 trường tự điền")]
    [InlineData("<w:fldSimple w:instr='INFO Author'><w:r><w:t>KÍN</w:t></w:r></w:fldSimple>", "1 trường tự điền")]
    public void Omissions_are_reported_with_their_number(string hidden, string remark)
    {
        var article = Parse(new WordFile($"<w:p><w:r><w:t>Chữ</w:t></w:r>{hidden}</w:p>"));

        Assert.DoesNotContain("KÍN", ParsedFile.AllOf(article), StringComparison.Ordinal);
        Assert.Contains(remark, Assert.Single(article.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_and_headers_have_one_remark_each()
    {
        var article = Parse(new WordFile("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>")
            .Comments(string.Concat(Enumerable.Range(0, 3).Select(
                id => $"<w:comment w:id='{id}' w:author='A'><w:p><w:r><w:t>KÍN</w:t></w:r></w:p></w:comment>")))
            .Header("<w:p><w:r><w:t>KÍN: bản lưu nội bộ</w:t></w:r></w:p>"));

        Assert.Equal(2, article.Remarks.Count);
        ParsedFile.HasRemark(article, "3 lời bình luận");
        ParsedFile.HasRemark(article, "1 đầu trang hoặc chân trang");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Trang ")]
    [InlineData("- 3 -")]
    [InlineData("Page 1 of 12")]
    public void A_header_with_a_page_number_only_is_not_reported(string header) => Assert.Empty(
        Parse(new WordFile("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>")
            .Header($"<w:p><w:r><w:t xml:space='preserve'>{header}</w:t></w:r></w:p>")).Remarks);

    [Theory]
    [InlineData("<w:moveFrom w:author='A'><w:r><w:t>a</w:t></w:r></w:moveFrom>")]
    [InlineData("<w:r><w:rPr><w:vanish/></w:rPr><w:instrText>XE \"chè\"</w:instrText></w:r>")]
    [InlineData("<w:del w:author='A'><w:r><w:delText xml:space='preserve'> </w:delText></w:r></w:del>")]
    [InlineData("<w:fldSimple w:instr='PAGE'><w:r><w:t>3</w:t></w:r></w:fldSimple>")]
    [InlineData(
        "<w:r><w:rPr><w:webHidden/></w:rPr><w:tab/></w:r><w:r><w:rPr><w:webHidden/></w:rPr><w:fldChar "
            + "w:fldCharType='begin'/></w:r><w:r><w:rPr><w:webHidden/></w:rPr><w:instrText>PAGEREF _Toc1</w:instrText>"
            + "</w:r><w:r><w:rPr><w:webHidden/></w:rPr><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:rPr>"
            + "<w:webHidden/></w:rPr><w:t>3</w:t></w:r><w:r><w:rPr><w:webHidden/></w:rPr><w:fldChar "
            + "w:fldCharType='end'/></w:r>")]
    public void Omissions_without_loss_are_not_reported(string part) =>
        Assert.Empty(Parse(new WordFile($"<w:p><w:r><w:t>Chữ</w:t></w:r>{part}</w:p>")).Remarks);

    private Article Parse(WordFile file) => _parser.Parse(ArticleName.Of("bai.docx")!, file.ToBytes(), default);
}
