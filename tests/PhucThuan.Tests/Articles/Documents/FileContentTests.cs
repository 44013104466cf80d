using System.IO.Compression;
using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>The type of a file is detected from its content, not from its name.</summary>
[Fast]
public sealed class FileContentTests
{
    private const string Html = "<html><head><title>Tin</title></head><body><p>Chữ</p></body></html>";

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("bai.html")]
    [InlineData("bai.doc")]
    [InlineData("bai.docx")]
    [InlineData("bai.txt")]
    public void A_Word_document_is_recognised_under_any_name(string name) =>
        Assert.Equal("<p>Chữ</p>", Parse(name, new WordFile("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>").ToBytes()).Body);

    [Theory]
    [InlineData("bai.doc")]
    [InlineData("bai.docx")]
    [InlineData("bai.txt")]
    [InlineData("bai.rtf")]
    [InlineData("bai.xhtml")]
    public void Html_is_recognised_under_any_name(string name)
    {
        var article = Parse(name, Encoding.UTF8.GetBytes(Html));

        Assert.Equal(("Tin", "<p>Chữ</p>"), (article.Summary.Title, article.Body));
    }

    [Theory]
    [InlineData("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>x", OtherFiles.WebArchive)]
    [InlineData("%PDF-1.7", OtherFiles.Pdf)]
    [InlineData("{\\rtf1 a}", OtherFiles.RichText)]
    [InlineData("GIF89a", OtherFiles.Picture)]
    [InlineData("Rar!\u001a", OtherFiles.Archive)]
    public void A_file_of_another_type_is_refused_with_the_remedy(string content, string reason)
    {
        foreach (var name in new[] { "bai.html", "bai.docx", "bai.txt" })
        {
            Assert.Equal(
                reason,
                Assert.Throws<NotAnArticleException>(() => Parse(name, Encoding.Latin1.GetBytes(content))).Message);
        }
    }

    [Theory]
    [InlineData("xl/workbook.xml", OtherFiles.Spreadsheet)]
    [InlineData("ppt/presentation.xml", OtherFiles.Presentation)]
    [InlineData("Index/Document.iwa", OtherFiles.Pages)]
    [InlineData("mimetype", OtherFiles.OpenDocument)]
    [InlineData("bai/images/image1.png", OtherFiles.Archive)]
    public void The_type_of_an_archive_is_detected_from_its_entries(string entry, string reason) =>
        Assert.Equal(reason, Assert.Throws<NotAnArticleException>(() => Parse("bai.docx", Zip(entry))).Message);

    [Fact]
    public void A_Word_97_document_is_distinguished_from_an_encrypted_one()
    {
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];

        Assert.Equal(OtherFiles.OldWord, Assert.Throws<NotAnArticleException>(() => Parse("bai.doc", old)).Message);
        Assert.Contains(
            "mật khẩu",
            Assert.Throws<NotAnArticleException>(
                () => Parse("bai.docx", [.. old, .. Encoding.Unicode.GetBytes("EncryptedPackage")])).Message,
                    StringComparison.Ordinal);
    }

    private static byte[] Zip(string entry)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry(entry);
        }

        return file.ToArray();
    }

    private Article Parse(string name, byte[] file) => _parser.Parse(ArticleName.Of(name)!, file, default);
}
