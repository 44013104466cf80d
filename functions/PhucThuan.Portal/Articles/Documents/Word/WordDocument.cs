using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PhucThuan.Portal.Articles.Documents.Word.Inlines;
using PhucThuan.Portal.Articles.Documents.Word.Numbering;
using PhucThuan.Portal.Articles.Documents.Word.Packaging;
using PhucThuan.Portal.Articles.Documents.Word.Pictures;

namespace PhucThuan.Portal.Articles.Documents.Word;

/// <summary>
/// Converts a Word document to HTML: the text with all tracked changes accepted, followed by the notes. Headers,
/// footers and comments are omitted and counted. Properties written by the program, such as user name and creation
/// date, are ignored.
/// </summary>
internal sealed class WordDocument
{
    private readonly MainDocumentPart _document;
    private readonly WordStyles _styles;
    private readonly WordNumbering _numbering;
    private readonly WordNotes _notes;
    private readonly WordPictures _pictures = new();
    private readonly WordOmissions _omissions;
    private readonly HashSet<string> _targets;

    private WordDocument(MainDocumentPart document)
    {
        _document = document;
        _styles = new(document);
        _numbering = new(document, _styles);
        _notes = new(document);
        _omissions = new(document);
        _targets = TargetsOf(document.Document!);
    }

    /// <exception cref="NotAnArticleException">The file is broken, too large, or not a Word document.</exception>
    public static ArticleSource Read(byte[] file)
    {
        using var package = WordPackage.Open(file);
        try
        {
            return package.MainDocumentPart is { Document.Body: { } body } document
                ? new WordDocument(document).Read(body)
                : throw WordPackage.BrokenFile();
        }
        catch (Exception broken) when (WordPackage.IsBroken(broken))
        {
            throw WordPackage.BrokenFile();
        }
    }

    private ArticleSource Read(Body body)
    {
        var html = new StringBuilder();
        html.Append(BlocksOf(_document).Write(body.ChildElements));
        WriteNotes(html);
        var remarks = _pictures.Remarks.ToList();
        if (body.Descendants<AltChunk>().Any())
        {
            remarks.Add(
                "một phần của tệp Word là tệp khác chèn vào nên không hiện; hãy mở tệp bằng Word, lưu lại rồi tải lên "
                    + "lần nữa");
        }

        return new(HtmlText.Document([], html), remarks) { Omissions = _omissions.ToOmissions() };
    }

    private WordBlocks BlocksOf(OpenXmlPart part) =>
        new(_styles, _numbering, new(part, _styles, _pictures, _notes, _omissions, _targets));

    private void WriteNotes(StringBuilder html)
    {
        _notes.AreClosed = true;
        var isFirst = true;
        foreach (var note in _notes.Referenced)
        {
            var content = BlocksOf(note.Part).Write(note.Content.ChildElements);
            var back = $"<a href=\"#_{note.Name}ref\" id=\"_{note.Name}\">{note.Mark}</a> ";
            html.Append(isFirst ? "<hr>" : "")
                .Append(content.StartsWith("<p>", StringComparison.Ordinal) ? "<p class=\"MsoFootnoteText\">" : "<p>")
                .Append(back)
                .Append(content.StartsWith("<p>", StringComparison.Ordinal) ? content[3..] : "</p>" + content);
            isFirst = false;
        }
    }

    /// <summary>Bookmarks that are targets of links; Word adds hundreds of others.</summary>
    private static HashSet<string> TargetsOf(Document document) =>
    [
        .. document.Descendants<Hyperlink>().Select(link => link.Anchor?.Value).OfType<string>(),
        .. document.Descendants<FieldCode>().Select(code => PlaceOf(code.Text)).OfType<string>(),
    ];

    private static string? PlaceOf(string instruction)
    {
        var field = new WordField(null);
        field.AppendInstruction(instruction);
        return field.Link is { } link && link.IndexOf('#', StringComparison.Ordinal) is >= 0 and var index
            ? link[(index + 1)..]
            : null;
    }
}
