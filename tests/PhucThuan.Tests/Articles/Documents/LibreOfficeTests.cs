using System.Diagnostics;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Tests.Media.Pictures;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>One document, exported by LibreOffice in each format that an article may have, is one article.</summary>
public sealed partial class LibreOfficeTests
{
    private const string Program = "soffice";

    private static readonly string[] Hidden = ["LỜI BÌNH", "BỊ XÓA", "CHỮ ẨN", "NỘI BỘ", "Trưởng phòng", "Admin"];

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("docx", "docx")]
    public async Task An_export_has_the_words_of_the_document_in_their_order(string extension, string filter)
    {
        var folder = Directory.CreateTempSubdirectory("phucthuan-");
        try
        {
            var article = _parser.Parse(ArticleName.Of("ke-hoach." + extension)!, await ExportAsync(folder, extension, filter), default);

            Assert.Equal("Kế hoạch chăm sóc vườn chè vụ đông", article.Summary.Title);
            Assert.Null(article.Summary.Author);
            using var body = await new HtmlParser().ParseDocumentAsync(article.Body.Replace("<", " <", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            var words = Words().Matches(body.Body!.TextContent).Select(word => word.Value).ToList();
            Assert.Equal(Words().Matches(Text).Select(word => word.Value), words);
            Assert.DoesNotContain(Hidden, word => article.Body.Contains(word, StringComparison.Ordinal));
            Assert.Equal(["Việc cần làm", "Thứ tự thực hiện"], body.QuerySelectorAll("h2, h3").Select(heading => Number().Replace(heading.TextContent.Trim(), "")));
            Assert.NotNull(body.QuerySelector("ul > li > ul > li"));
            Assert.NotNull(body.QuerySelector("ol > li > ol > li"));
            Assert.NotNull(body.QuerySelector("[colspan='2']"));
            Assert.NotNull(body.QuerySelector("[rowspan='2']"));
            Assert.NotNull(body.QuerySelector("img[src^='data:image/png']"));
            Assert.NotNull(body.QuerySelector("sup > a[href^='#'], a[href^='#'] > sup"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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

    private static async Task<byte[]> ExportAsync(DirectoryInfo folder, string extension, string filter)
    {
        var source = Path.Combine(folder.FullName, "ke-hoach.fodt");
        await File.WriteAllTextAsync(source, LibreOfficeDocument.Make(TestPicture.Quarters(640, 360).Png()), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-env:UserInstallation=" + new Uri(Path.Combine(folder.FullName, "profile")), "--headless", "--convert-to", filter, "--outdir", folder.FullName, source })
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("LibreOffice (soffice) is not installed; on Debian and Ubuntu it is package libreoffice-writer.");
            throw;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var export = Path.ChangeExtension(source, extension);
            Assert.True(File.Exists(export), await errors);
            return await File.ReadAllBytesAsync(export, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Without the numbers of lists, headings, captions and notes, which formats write in different places.</summary>
    [GeneratedRegex(@"[\p{L}\p{M}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^[IVX\d]+\.\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
