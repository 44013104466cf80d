using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>
/// Damaged and malicious files: each is refused quickly, with a message.
/// </summary>
public sealed class BrokenFileTests
{
    /// <summary>Detects endless loops only: parse times depend on the machine.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(1);

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    public static TheoryData<string> Bombs =>
    [
        "xml of gigabytes", "false length", "entities", "external entity", "nested", "attributes",
        "attributes with brackets", "elements", "paragraphs", "entries", "truncated", "cut in the directory",
        "no relations", "no body", "not xml", "empty archive", "main part by another name", "looping styles",
    ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_damaged_or_malicious_Word_file_is_refused_with_a_message(string kind)
    {
        var file = Make(kind);
        var watch = Stopwatch.StartNew();

        var fault = Record.Exception(() => _parser.Parse(ArticleName.Of("bai.docx")!, file, default));

        Assert.True(watch.Elapsed < TimeLimit, kind);
        if (kind != "looping styles")
        {
            Assert.Contains("tệp", Assert.IsType<NotAnArticleException>(fault).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_picture_that_is_too_large_is_omitted_and_reported()
    {
        // The header of a PNG of 10,000 × 10,000 pixels; the parser reads nothing else.
        byte[] huge = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10, 8,
            2, 0, 0, 0, 0, 0, 0, 0];
        var article = _parser.Parse(ArticleName.Of("bai.docx")!, WithPicture(huge), default);

        Assert.Equal("<p>Chữ</p>", article.Body);
        Assert.Contains("10000 × 10000", Assert.Single(article.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_exceeds_the_limit_when_unpacked_is_omitted_and_reported() =>
        Assert.Single(
            _parser.Parse(ArticleName.Of("bai.docx")!, WithPicture(new byte[32 * 1024 * 1024]), default).Remarks);

    [Theory]
    [InlineData("media/image7.png")]
    [InlineData("/word/media/image7.jpeg")]
    [InlineData("../NULL")]
    [InlineData("NULL")]
    [InlineData("media/%E1%BA%A3nh.png")]
    public void A_missing_picture_is_omitted_and_reported(string target)
    {
        var article = _parser.Parse(
            ArticleName.Of("bai.docx")!, new WordFile(Drawing).Dangling("p", target).ToBytes(), default);

        Assert.Equal("<p>Chữ</p>", article.Body);
        Assert.Contains("thiếu ảnh", Assert.Single(article.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("footnotes")]
    [InlineData("theme")]
    [InlineData("customXml")]
    public void A_missing_part_affects_nothing_else(string type) => Assert.Equal(
        "<p>Chữ</p>",
        _parser.Parse(
            ArticleName.Of("bai.docx")!,
            new WordFile("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>").Dangling("x", "mat.xml", type).ToBytes(),
            default).Body);

    [Fact]
    public void A_damaged_link_loses_its_address_and_the_document_is_published() => Assert.Contains(
        "Xem thêm",
        _parser.Parse(
            ArticleName.Of("bai.docx")!,
            new WordFile("<w:p><w:hyperlink r:id='l'><w:r><w:t>Xem thêm</w:t></w:r></w:hyperlink></w:p>")
                .Link("l", "http://[sai địa chỉ").ToBytes(), default).Body,
        StringComparison.Ordinal);

    [Fact]
    public void Nothing_outside_the_file_is_requested()
    {
        var article = _parser.Parse(
            ArticleName.Of("bai.docx")!,
            new WordFile("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>")
                .Link("t", "file:///\\\\may-la\\mau.dotm", "attachedTemplate")
                .Link("f", "http://khac.example/f", "frame").ToBytes(),
            default);

        Assert.Equal("<p>Chữ</p>", article.Body);
    }

    [Theory]
    [InlineData("bai.md", "> ")]
    [InlineData("bai.md", ">")]
    [InlineData("bai.md", "- ")]
    [InlineData("bai.md", "1. ")]
    [InlineData("bai.md", "> * ")]
    [InlineData("bai.md", "![a](")]
    [InlineData("bai.md", "`a")]
    [InlineData("bai.md", "[a](<")]
    [InlineData("bai.md", "[a](b (")]
    [InlineData("bai.md", "[a](b")]
    [InlineData("bai.md", "http://a(")]
    [InlineData("bai.md", "www.a(")]
    [InlineData("bai.md", "[a][")]
    [InlineData("bai.md", "[a]: ")]
    [InlineData("bai.md", "[^1]")]
    [InlineData("bai.md", "| a ")]
    [InlineData("bai.md", "[")]
    [InlineData("bai.md", "**a ")]
    [InlineData("bai.md", "<div>")]
    [InlineData("bai.txt", "- ")]
    [InlineData("bai.html", "<div a=b>")]
    public void Deeply_nested_text_is_an_article_or_refused(string name, string part)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 50_000)) + "chữ");

        Assert.True(
            Record.Exception(
                () => _parser.Parse(ArticleName.Of(name)!, text, default)) is null or NotAnArticleException);
    }

    private const string Drawing =
        "<w:p><w:r><w:t>Chữ</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr id='1' name='a'/><a:graphic>"
            + "<a:graphicData uri='u'><pic:pic><pic:blipFill><a:blip r:embed='p'/></pic:blipFill></pic:pic>"
            + "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";

    private static byte[] WithPicture(byte[] content) => new WordFile(Drawing).Picture("p", content).ToBytes();

    private static byte[] Make(string kind)
    {
        const string Main = "word/document.xml";
        var sound = new WordFile("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>");
        var w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        return kind switch
        {
            "xml of gigabytes" =>
                sound.Part(
                    Main,
                    [.. Encoding.ASCII.GetBytes($"<w:document {w}><!--"),
                        .. Enumerable.Repeat((byte)'a', 100 * 1024 * 1024), .. "--></w:document>"u8]).ToBytes(),
            "false length" => WithFalseLength(new WordFile(new string(' ', 200_000)).ToBytes()),
            "entities" =>
                sound.Part(
                    Main, Encoding.ASCII.GetBytes($"<!DOCTYPE a [<!ENTITY b \"aaaaaaaaaa\"><!ENTITY c \"&b;&b;&b;&b;"
                        + $"&b;&b;\">]><w:document {w}><w:body><w:p>&c;</w:p></w:body></w:document>")).ToBytes(),
            "external entity" =>
                sound.Part(
                    Main, Encoding.ASCII.GetBytes($"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
                        + $"<w:document {w}><w:body><w:p>&b;</w:p></w:body></w:document>")).ToBytes(),
            "nested" =>
                new WordFile(Repeat("<w:sdt><w:sdtContent>", 100_000) + Repeat("</w:sdtContent></w:sdt>", 100_000))
                    .ToBytes(),
            "attributes" =>
                new WordFile(
                    $"<w:p {string.Concat(Enumerable.Range(0, 1_000_000).Select(number => $"a{number}='' "))}/>")
                        .ToBytes(),
            "attributes with brackets" =>
                new WordFile(
                    $"<w:p {string.Concat(Enumerable.Range(0, 200_000).Select(number => $"a{number}='>' "))}/>")
                        .ToBytes(),
            "paragraphs" => new WordFile(Repeat("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 30_000)).ToBytes(),
            "elements" => new WordFile(Repeat("<w:p/>", 2_000_000)).ToBytes(),
            "entries" =>
                Enumerable.Range(0, 5000)
                    .Aggregate(sound, (file, number) => file.Part($"word/{number}.xml", "<a/>"u8.ToArray())).ToBytes(),
            "truncated" => sound.ToBytes()[..600],
            "cut in the directory" => sound.ToBytes()[..^60],
            "no relations" => sound.Part("_rels/.rels", []).ToBytes(),
            "no body" => sound.Part(Main, Encoding.ASCII.GetBytes($"<w:document {w}/>")).ToBytes(),
            "not xml" => sound.Part(Main, [1, 2, 3]).ToBytes(),
            "empty archive" => [(byte)'P', (byte)'K', 3, 4, .. new byte[40]],
            "main part by another name" => Stored("word/document.bin"),
            _ => sound.Styles("<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:basedOn w:val='b'/>"
                + "</w:style><w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/></w:style>").ToBytes(),
        };
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    /// <summary>A valid document whose main part has a name without the extension <c>.xml</c>.</summary>
    private static byte[] Stored(string name)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                    + "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"bin\" ContentType=\"application/vnd.openxmlformats-officedocument."
                + "wordprocessingml.document.main+xml\"/></Types>");
            Write(
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                    + "Id=\"r\""
                + $" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
                + $"Target=\"{name}\"/></Relationships>");
            Write(
                name, "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
                    + "<w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>");

            void Write(string entry, string content)
            {
                using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
                writer.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>Replaces the declared length of each entry with one byte.</summary>
    private static byte[] WithFalseLength(byte[] archive)
    {
        for (var index = archive.AsSpan().IndexOf("PK\u0001\u0002"u8); index >= 0;)
        {
            const int LengthField = 24;
            archive[index + LengthField] = 1;
            archive.AsSpan(index + LengthField + 1, 3).Clear();
            var next = archive.AsSpan(index + 4).IndexOf("PK\u0001\u0002"u8);
            index = next < 0 ? -1 : index + 4 + next;
        }

        return archive;
    }
}
