using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>LibreOffice's exports of one document, in each accepted format, give the same article.</summary>
public sealed partial class LibreOfficeTests(LibreOfficeExports exports) : IClassFixture<LibreOfficeExports>
{
    private static readonly string[] Hidden = ["LỜI BÌNH", "BỊ XÓA", "CHỮ ẨN", "NỘI BỘ", "Trưởng phòng", "Admin"];

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("docx", "docx")]
    [InlineData("html", "html:HTML (StarWriter)")]
    [InlineData("xhtml", "xhtml:XHTML Writer File")]
    public async Task An_export_has_the_words_of_the_document_in_their_order(string extension, string filter)
    {
        var file = await exports.MakeAsync(extension, filter, TestContext.Current.CancellationToken);
        var article = _parser.Parse(ArticleName.Of("ke-hoach." + extension)!, file, default);

        Assert.Equal("Kế hoạch chăm sóc vườn chè vụ đông", article.Summary.Title);
        Assert.Null(article.Summary.Author);
        using var body = await new HtmlParser()
            .ParseDocumentAsync(
                article.Body.Replace("<", " <", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var words = Words().Matches(body.Body!.TextContent).Select(word => word.Value).ToList();
        Assert.Equal(Words().Matches(Text).Select(word => word.Value), words);
        Assert.DoesNotContain(Hidden, word => article.Body.Contains(word, StringComparison.Ordinal));
        Assert.Equal(
            ["Việc cần làm", "Thứ tự thực hiện"], body.QuerySelectorAll("h2, h3")
                .Select(heading => Number().Replace(heading.TextContent.Trim(), "")));
        Assert.NotNull(body.QuerySelector("ul > li > ul > li"));
        Assert.NotNull(body.QuerySelector("ol > li > ol > li"));
        Assert.NotNull(body.QuerySelector("[colspan='2']"));
        Assert.NotNull(body.QuerySelector("[rowspan='2']"));
        Assert.NotNull(body.QuerySelector("img[src^='data:image/'], img[src^='/media/']"));
        Assert.NotNull(body.QuerySelector("a[href^='#']"));
    }

    private const string Text = """
        Bà con chăm sóc vườn chè đúng kỹ thuật. Câu mới thêm. Chú thích.
        Việc cần làm
        Tưới nước Sáng sớm Chiều mát Bón phân
        Thứ tự thực hiện
        Bước một Bước hai điểm a điểm b
        Xóm Diện tích Hàng Cau vụ đông vụ xuân
        Hình Đồi chè buổi sớm
        Xem hướng dẫn
        Theo hướng dẫn của trạm khuyến nông.
        """;

    /// <summary>
    /// Words without numbers: the formats write numbers of lists, headings, captions and notes in different places.
    /// </summary>
    [GeneratedRegex(@"[\p{L}\p{M}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^[IVX\d]+\.\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
