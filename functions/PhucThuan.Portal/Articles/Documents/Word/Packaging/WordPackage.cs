using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace PhucThuan.Portal.Articles.Documents.Word.Packaging;

/// <summary>
/// Opens Word files safely. A ZIP archive can unpack to a thousand times its size and can declare a false size.
/// Therefore, its XML is scanned before the library builds a tree, which takes about 300 bytes per element and recurses
/// into nested elements.
/// </summary>
internal static partial class WordPackage
{
    /// <summary>Bytes of unpacked XML: the text of a book of 1,000 pages.</summary>
    private const int MaxXmlLength = 32 * 1024 * 1024;

    /// <summary>An article with the longest table that is shown has 250,000.</summary>
    private const int MaxElements = 400_000;

    /// <summary>Maximum depth of the XML; nested tables in text boxes need a tenth.</summary>
    private const int MaxDepth = 256;

    /// <summary>Maximum number of paragraphs and tables in the body; a book of 1,000 pages has 10,000.</summary>
    private const int MaxBlocks = 20_000;

    /// <summary>Depth of the body's blocks in the XML.</summary>
    private const int BlockDepth = 2;

    private const int MaxEntries = 4000;

    private const string Broken =
        "tệp Word bị hỏng hoặc tải lên chưa hết; hãy mở tệp bằng Word, lưu lại rồi tải lên lần nữa";
    public const string TooLarge =
        "tệp Word quá lớn hoặc quá phức tạp nên cổng không đọc; hãy chia thành nhiều bài, mỗi bài một tệp";

    private static readonly XmlReaderSettings Safe =
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxXmlLength };

    /// <exception cref="NotAnArticleException">The archive is broken, too large, or not a Word document.</exception>
    public static WordprocessingDocument Open(byte[] file)
    {
        try
        {
            Check(file);
            var stream = new MemoryStream();
            stream.Write(file);
            DanglingRelations.Remove(stream);

            // Editable, although nothing is saved, because the library repairs malformed links only then.
            var package = WordprocessingDocument.Open(
                stream, isEditable: true, new OpenSettings { AutoSave = false, MaxCharactersInPart = MaxXmlLength });
            var main = package.MainDocumentPart;
            foreach (var part in new OpenXmlPart?[] { main, main?.StyleDefinitionsPart, main?.NumberingDefinitionsPart,
                main?.FootnotesPart, main?.EndnotesPart }.OfType<OpenXmlPart>())
            {
                Prepare(part);
            }

            return package;
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw new NotAnArticleException(Broken);
        }
    }

    /// <summary>True for exceptions that the libraries throw for malformed files.</summary>
    public static bool IsBroken(Exception failure) =>
        failure
            is OpenXmlPackageException
                or XmlException
                or IOException
                or InvalidDataException
                or FormatException
                or InvalidOperationException
                or ArgumentException
                or KeyNotFoundException
                or NotSupportedException
                or OverflowException;

    /// <summary>Creates the exception for a Word file that cannot be read.</summary>
    public static NotAnArticleException BrokenFile() => new(Broken);

    /// <summary>
    /// Unwraps smart tags, which Word 2003 and 2007 put around places and dates. The library does not support them and
    /// would lose their text.
    /// </summary>
    private static void Prepare(OpenXmlPart part)
    {
        // Only parts with this extension were scanned as XML.
        if (!part.Uri.OriginalString.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            throw new NotAnArticleException(Broken);
        }

        string xml;
        using (var reader = new StreamReader(part.GetStream(FileMode.Open, FileAccess.Read)))
        {
            xml = reader.ReadToEnd();
        }

        if (xml.Contains(":smartTag", StringComparison.Ordinal))
        {
            part.FeedData(new MemoryStream(Encoding.UTF8.GetBytes(SmartTag().Replace(xml, ""))));
        }
    }

    private static void Check(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        if (archive.Entries.Count > MaxEntries)
        {
            throw new NotAnArticleException(TooLarge);
        }

        if (OtherProgram(archive) is { } reason)
        {
            throw new NotAnArticleException(reason);
        }

        var (length, elements) = (0L, 0);
        foreach (var entry in archive.Entries.Where(IsXml))
        {
            length += entry.Length;
            if (length > MaxXmlLength)
            {
                throw new NotAnArticleException(TooLarge);
            }

            using var content = new BoundedStream(entry.Open(), entry.Length);
            using var xml = XmlReader.Create(content, Safe);
            var blocks = 0;
            while (xml.Read())
            {
                var isElement = xml.NodeType == XmlNodeType.Element;
                elements += isElement ? 1 + xml.AttributeCount : 0;
                blocks += isElement && xml.Depth == BlockDepth ? 1 : 0;
                if (xml.Depth > MaxDepth || elements > MaxElements * 2 || blocks > MaxBlocks)
                {
                    throw new NotAnArticleException(TooLarge);
                }
            }
        }
    }

    private static bool IsXml(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    /// <summary>Message for the editor when the archive has another format; null for a Word document.</summary>
    private static string? OtherProgram(ZipArchive archive)
    {
        var names = archive.Entries.Select(entry => entry.FullName.Replace('\\', '/')).ToList();
        return names.Exists(name => name.StartsWith("word/", StringComparison.OrdinalIgnoreCase)) ? null
            : names.Exists(name => name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)) ? OtherFiles.Spreadsheet
            : names.Exists(name => name.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase))
            ? OtherFiles.Presentation
            : names.Exists(name => name.EndsWith(".iwa", StringComparison.OrdinalIgnoreCase) || name is "index.xml")
            ? OtherFiles.Pages
            : names is ["mimetype", ..] ? OtherFiles.OpenDocument
            : OtherFiles.Archive;
    }

    [GeneratedRegex(
        @"<(\w+):smartTagPr\b[^>]*/>|<(\w+):smartTagPr\b[^>]*>[\s\S]*?</\2:smartTagPr>|</?\w+:smartTag\b[^>]*>",
        RegexOptions.CultureInvariant)]
    private static partial Regex SmartTag();
}
