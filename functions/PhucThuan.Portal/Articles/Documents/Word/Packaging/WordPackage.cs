using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace PhucThuan.Portal.Articles.Documents.Word.Packaging;

/// <summary>
/// Opens Word files within bounds. A ZIP archive can unpack to a thousand times its size and can declare a false size.
/// Therefore, its XML is scanned once before the library builds a tree, which takes about 300 bytes an element and
/// recurses into nested elements.
/// </summary>
internal static partial class WordPackage
{
    /// <summary>Bytes of XML, unpacked: the text of a book of 1,000 pages.</summary>
    private const int MaxXmlLength = 32 * 1024 * 1024;

    /// <summary>An article of the longest table that is shown as one has 250,000.</summary>
    private const int MaxElements = 400_000;

    /// <summary>Of the XML; tables within tables within text boxes take a tenth.</summary>
    private const int MaxDepth = 256;

    /// <summary>Paragraphs and tables of the body; a book of 1,000 pages has 10,000.</summary>
    private const int MaxBlocks = 20_000;

    /// <summary>Where the blocks of the body stand in the XML.</summary>
    private const int BlockDepth = 2;

    private const int MaxEntries = 4000;

    private const string Broken =
        "tệp Word bị hỏng hoặc tải lên chưa hết; hãy mở tệp bằng Word, lưu lại rồi tải lên lần nữa";
    public const string TooLarge =
        "tệp Word quá lớn hoặc quá phức tạp nên cổng không đọc; hãy chia thành nhiều bài, mỗi bài một tệp";

    private static readonly XmlReaderSettings Safe =
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxXmlLength };

    /// <exception cref="NotAnArticleException">The archive is broken, too large, or no Word document.</exception>
    public static WordprocessingDocument Open(byte[] file)
    {
        try
        {
            Check(file);
            var stream = new MemoryStream();
            stream.Write(file);
            DanglingRelations.Remove(stream);

            // Editable, though nothing is saved: only then does the library repair malformed links.
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

    /// <summary>What the libraries throw for files that are not as their standard has them.</summary>
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

    /// <exception cref="NotAnArticleException">Always; a Word file that cannot be read.</exception>
    public static NotAnArticleException BrokenFile() => new(Broken);

    /// <summary>
    /// Removes smart tags, which Word 2003 and 2007 put around places and dates: the library does not know them and
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

    /// <summary>Null for an archive that Word made, or a program that does as Word does.</summary>
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
