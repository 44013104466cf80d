using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PhucThuan.Portal.Articles.Documents.Word.Numbering;

namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>Footnotes and endnotes, numbered in the order of their references and written after the text.</summary>
internal sealed class WordNotes(MainDocumentPart document)
{
    private readonly Dictionary<long, FootnoteEndnoteType> _footnotes = ById(document.FootnotesPart);
    private readonly Dictionary<long, FootnoteEndnoteType> _endnotes = ById(document.EndnotesPart);
    private readonly List<WordNote> _referenced = [];
    private int _footnoteCount;
    private int _endnoteCount;

    /// <summary>
    /// True while notes are written: references in notes are ignored, because they could be circular.
    /// </summary>
    public bool AreClosed { get; set; }

    /// <summary>The referenced notes, footnotes first.</summary>
    public IEnumerable<WordNote> Referenced => _referenced.OrderBy(note => note.IsEndnote);

    /// <summary>The reference mark; empty for a missing note.</summary>
    public string Refer(FootnoteEndnoteReferenceType reference)
    {
        var isEndnote = reference is EndnoteReference;
        if (AreClosed || !(isEndnote ? _endnotes : _footnotes).TryGetValue(reference.Id.ToLong() ?? 0, out var content))
        {
            return "";
        }

        var number = isEndnote ? ++_endnoteCount : ++_footnoteCount;
        var mark = NumberText.Write(number, isEndnote ? "lowerRoman" : "decimal");
        var name = (isEndnote ? "edn" : "ftn") + number.ToString(CultureInfo.InvariantCulture);
        var part = isEndnote ? (OpenXmlPart)document.EndnotesPart! : document.FootnotesPart!;
        _referenced.Add(new(isEndnote, mark, name, part, content));
        return $"<sup><a href=\"#_{name}\" id=\"_{name}ref\">{mark}</a></sup>";
    }

    /// <summary>Notes by id, without the separators that Word stores with them.</summary>
    private static Dictionary<long, FootnoteEndnoteType> ById(OpenXmlPart? part) =>
        (part?.RootElement?.Elements<FootnoteEndnoteType>() ?? [])
            .Where(note => note.Type?.InnerText is null or "normal")
            .DistinctBy(note => note.Id.ToLong() ?? 0).ToDictionary(note => note.Id.ToLong() ?? 0);
}

/// <param name="Name">Id of the note: <c>ftn1</c>.</param>
/// <param name="Part">The part whose relationships the note uses.</param>
internal sealed record WordNote(
    bool IsEndnote, string Mark, string Name, OpenXmlPart Part, FootnoteEndnoteType Content);
