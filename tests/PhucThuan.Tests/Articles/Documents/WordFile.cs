using System.IO.Compression;
using System.Text;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>Builds a Word file, an archive of XML parts. Parts that a test does not add are missing.</summary>
internal sealed class WordFile
{
    private const string Namespaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas."
            + "openxmlformats.org/officeDocument/2006/relationships\""
        + " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
        + "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
        + " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" xmlns:mc=\"http://schemas."
        + "openxmlformats.org/markup-compatibility/2006\""
        + " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" "
        + "xmlns:v=\"urn:schemas-microsoft-com:vml\""
        + " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:w14=\"http://schemas."
        + "microsoft.com/office/word/2010/wordml\"";

    private const string PackageTypes = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    private readonly Dictionary<string, byte[]> _parts = [];
    private readonly List<string> _types = [];
    private readonly List<string> _relations = [];

    public WordFile(string body)
    {
        Add("word/document.xml", "document.main", $"<w:document {Namespaces}><w:body>{body}</w:body></w:document>",
            null);
    }

    public WordFile Styles(string styles) =>
        Add("word/styles.xml", "styles", $"<w:styles {Namespaces}>{styles}</w:styles>", "styles");

    public WordFile Numbering(string numbering) =>
        Add("word/numbering.xml", "numbering", $"<w:numbering {Namespaces}>{numbering}</w:numbering>", "numbering");

    public WordFile Footnotes(string notes) =>
        Add("word/footnotes.xml", "footnotes", $"<w:footnotes {Namespaces}>{notes}</w:footnotes>", "footnotes");

    public WordFile Endnotes(string notes) =>
        Add("word/endnotes.xml", "endnotes", $"<w:endnotes {Namespaces}>{notes}</w:endnotes>", "endnotes");

    public WordFile Header(string content) =>
        Add("word/header1.xml", "header", $"<w:hdr {Namespaces}>{content}</w:hdr>", "header");

    public WordFile Comments(string content) =>
        Add("word/comments.xml", "comments", $"<w:comments {Namespaces}>{content}</w:comments>", "comments");

    public WordFile Picture(string id, byte[] content, string name = "image1.png")
    {
        _parts["word/media/" + name] = content;
        _relations.Add(
            $"<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats."
                + $"org/officeDocument/2006/relationships/image\" Target=\"media/{name}\"/>");
        return this;
    }

    /// <summary>Adds a relationship to a part that the archive lacks.</summary>
    public WordFile Dangling(string id, string target, string type = "image")
    {
        _relations.Add(
            $"<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats."
                + $"org/officeDocument/2006/relationships/{type}\" Target=\"{target}\"/>");
        return this;
    }

    public WordFile Link(string id, string address, string type = "hyperlink")
    {
        _relations.Add(
            $"<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats."
                + $"org/officeDocument/2006/relationships/{type}\" Target=\"{address}\" TargetMode=\"External\"/>");
        return this;
    }

    public WordFile Part(string name, byte[] content)
    {
        _parts[name] = content;
        return this;
    }

    /// <summary>Adds the document properties (title, author, creation time) that Word writes.</summary>
    public WordFile Properties(string title, string author, string created)
    {
        _parts["docProps/core.xml"] = Encoding.UTF8.GetBytes(
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
                + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
            + " xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + $"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dcterms:created "
            + $"xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:created></cp:coreProperties>");
        return this;
    }

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(archive, "[Content_Types].xml", Encoding.UTF8.GetBytes(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                    + "Extension=\"rels\""
                + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
                + "Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"jpg\" "
                + "ContentType=\"image/jpeg\"/><Default Extension=\"emf\" ContentType=\"image/x-emf\"/>"
                + $"{string.Concat(_types)}</Types>"));
            Write(archive, "_rels/.rels", Encoding.UTF8.GetBytes(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                    + "Id=\"rId1\""
                + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
                + "Target=\"word/document.xml\"/></Relationships>"));
            Write(archive, "word/_rels/document.xml.rels", Encoding.UTF8.GetBytes(
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + $"{string.Concat(_relations)}</Relationships>"));
            foreach (var (name, content) in _parts)
            {
                Write(archive, name, content);
            }
        }

        return file.ToArray();
    }

    private static void Write(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(content);
    }

    private WordFile Add(string name, string type, string xml, string? relation)
    {
        _parts[name] = Encoding.UTF8.GetBytes(xml);
        _types.Add($"<Override PartName=\"/{name}\" ContentType=\"{PackageTypes}{type}+xml\"/>");
        if (relation is not null)
        {
            _relations.Add(
                $"<Relationship Id=\"{relation}\" Type=\"http://schemas.openxmlformats."
                    + $"org/officeDocument/2006/relationships/{relation}\" Target=\"{Path.GetFileName(name)}\"/>");
        }

        return this;
    }
}
