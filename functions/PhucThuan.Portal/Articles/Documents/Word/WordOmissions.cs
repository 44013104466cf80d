using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PhucThuan.Portal.Articles.Documents.Word;

/// <summary>Counts the parts of a Word document that are omitted because they are not intended for readers.</summary>
internal sealed partial class WordOmissions(MainDocumentPart document)
{
    /// <summary>Number of hidden texts; adjacent runs count once.</summary>
    public int Hidden { get; set; }

    /// <summary>Number of fields with private content.</summary>
    public int Fields { get; set; }

    public Omissions ToOmissions() => new(Hidden, Deletions(), Comments(), Fields, PaperTexts());

    /// <summary>Number of tracked deletions, without moved text.</summary>
    private int Deletions() => Roots().SelectMany(root => root.Descendants<DeletedRun>())
        .Count(deletion => !deletion.Ancestors<DeletedRun>().Any() && HasWords(deletion));

    /// <summary>Number of comments, including those without a reference in the text.</summary>
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

    /// <summary>True for parts that <see cref="Packaging.WordPackage"/> has scanned as XML.</summary>
    private static bool IsScanned(OpenXmlPart part) =>
        part.Uri.OriginalString.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    // Page numbers with lines or dots around them; also an empty header.
    [GeneratedRegex(
        @"^[\W\d_]*(?:(?:trang|page|of|trên|tổng số)[\W\d_]*)*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageNumber();
}
