using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PhucThuan.Portal.Articles.Documents.Word;

/// <summary>Counts what of a Word document is not taken over because it is not meant for readers.</summary>
internal sealed partial class WordOmissions(MainDocumentPart document)
{
    /// <summary>Pieces of hidden text; adjacent runs are one.</summary>
    public int Hidden { get; set; }

    /// <summary>Fields with private content.</summary>
    public int Fields { get; set; }

    public Omissions ToOmissions() => new(Hidden, Deletions(), Comments(), Fields, PaperTexts());

    /// <summary>Moved text is not deleted: it is elsewhere.</summary>
    private int Deletions() => Roots().SelectMany(root => root.Descendants<DeletedRun>())
        .Count(deletion => !deletion.Ancestors<DeletedRun>().Any() && HasWords(deletion));

    /// <summary>A comment that nothing refers to is in its part only.</summary>
    private int Comments() => Math.Max(
        Roots().SelectMany(root => root.Descendants<CommentReference>()).DistinctBy(mark => mark.Id?.Value).Count(),
        document.WordprocessingCommentsPart is { } part && IsScanned(part) ? part.Comments?.ChildElements.Count ?? 0
            : 0);

    private int PaperTexts() => document.HeaderParts.Cast<OpenXmlPart>().Concat(document.FooterParts)
        .Where(IsScanned)
        .Select(part => string.Concat(part.RootElement?.Descendants<Text>().Select(text => text.Text) ?? []))
        .Where(text => !PageNumber().IsMatch(text))
        .Distinct().Count();

    private IEnumerable<OpenXmlElement> Roots() => new OpenXmlElement?[]
    {
        document.Document, document.FootnotesPart?.Footnotes, document.EndnotesPart?.Endnotes,
    }.OfType<OpenXmlElement>();

    private static bool HasWords(DeletedRun deletion) =>
        deletion.Descendants<DeletedText>().Any(text => !string.IsNullOrWhiteSpace(text.Text))
        || deletion.Descendants<Text>().Any(text => !string.IsNullOrWhiteSpace(text.Text))
        || deletion.Descendants<Drawing>().Any();

    /// <summary>Only parts with this extension were scanned as XML before the library opened them.</summary>
    private static bool IsScanned(OpenXmlPart part) =>
        part.Uri.OriginalString.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    // Also an empty header, and lines or dots around the number.
    [GeneratedRegex(
        @"^[\W\d_]*(?:(?:trang|page|of|trên|tổng số)[\W\d_]*)*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageNumber();
}
