using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>
/// Removes content of word processors that is not part of the text: tracked deletions, comments, and headers and
/// footers of printed pages. Tracked insertions become plain text.
/// </summary>
internal sealed partial class EditorialMarks(StyleCascade cascade)
{
    private const string Comments =
        ".msocomanchor, .msocomtxt, .msocomoff, .MsoCommentReference, ."
            + "MsoCommentText, .MsoCommentSubject,"
        + " span[title=annotation], .annotation_style_by_filter, [role=doc-comment], .CommentStart, .CommentEnd, ."
        + "docos-replyview-comment,"
        + " comment";

    // LibreOffice's fields.
    private const string PageFields = "sdfield[type=PAGE i], sdfield[type=DOCSTAT i]";

    private const string PrivateFields =
        "sdfield[type=AUTHOR i], sdfield[type=SENDER i], sdfield[type=FILENAME i], sdfield[type=TEMPLATE i]";

    private const string Deletions =
        "del[cite], del[datetime], [class*=msodel i], [class*=msomovefrom i], [class*=track-delete i], .ice-del";

    private const string Insertions = "ins[cite], ins[datetime], [class*=msoins i] > ins, ins[class*=mso i]";

    /// <summary>Returns the numbers of removed parts.</summary>
    public Omissions Remove(IDocument document, IElement content)
    {
        var isWord = content.QuerySelector("[class^=Mso]") is not null;
        var deletions = RemoveAll(content, content.QuerySelectorAll(isWord ? Deletions + ", del" : Deletions));
        foreach (var insertion in content.QuerySelectorAll(isWord ? Insertions + ", ins" : Insertions).ToList())
        {
            insertion.Replace([.. insertion.ChildNodes]);
        }

        var comments = RemoveAll(content, CommentsOf(content));
        RemoveAll(content, content.QuerySelectorAll(PageFields));
        var fields = RemoveAll(content, content.QuerySelectorAll(PrivateFields));
        var paper = content.QuerySelectorAll("*").Where(IsOfPaper)
            .Concat(content.QuerySelectorAll("div[title=header], div[title=footer]"))
            .Concat(HeadersOfGoogleDocs(document)).Distinct();
        return new(
            Deletions: deletions, Comments: comments, Fields: fields,
            PaperTexts: RemoveAll(content, paper, mark => !PageNumber().IsMatch(mark.TextContent)));
    }

    /// <summary>Returns the number of removed elements with words.</summary>
    /// <param name="counts">Selects the elements to count; null for all.</param>
    private static int RemoveAll(
        IElement content, IEnumerable<IElement?> marks, Func<IElement, bool>? counts = null)
    {
        var found = marks.OfType<IElement>().Where(mark => mark != content && !mark.Contains(content)).ToList();
        found.ForEach(mark => mark.Remove());
        return found.Count(mark => !string.IsNullOrWhiteSpace(mark.TextContent) && counts?.Invoke(mark) != false);
    }

    private IEnumerable<IElement?> CommentsOf(IElement content) => content.QuerySelectorAll(Comments)
        .Concat(
            content.QuerySelectorAll("*")
                .Where(
                    element =>
                        cascade.Get(element, "mso-element").StartsWith("comment", StringComparison.OrdinalIgnoreCase)))
        // Google Docs: references in the text, and comments at the end.
        .Concat(
            content.QuerySelectorAll("a[id^=cmnt_ref]")
                .Select(mark => mark.ParentElement is { LocalName: "sup" } sup ? sup : mark))
        .Concat(
            content.QuerySelectorAll("a[href^='#cmnt_ref']")
                .Select(mark => mark.Closest("div > p")?.ParentElement ?? mark.Closest("p")));

    /// <summary>
    /// True for Word's header and footer elements, and for paragraphs of its header styles with a page number.
    /// </summary>
    private bool IsOfPaper(IElement element) =>
        cascade.Get(element, "mso-element") is { Length: > 0 } kind && PaperElement().IsMatch(kind)
        || (element is { LocalName: "p" or "div", ClassName: "MsoHeader" or "MsoFooter" or "Header" or "Footer" }
            && element.Closest("table") is null && PageNumber().IsMatch(element.TextContent));

    /// <summary>In Google Docs, a top-level <c>div</c> contains either notes or a header or footer.</summary>
    private static IEnumerable<IElement> HeadersOfGoogleDocs(IDocument document) =>
        document.Body!.ClassList.Contains("doc-content")
            ? document.Body.Children.Where(
                child => child.LocalName == "div" && child.QuerySelector("a[id^=ftnt]") is null)
            : [];

    [GeneratedRegex(
        "^[\"']?(?:(?:even-|first-)?(?:header|footer)|(?:foot|end)note-(?:continuation-)?separator)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PaperElement();

    [GeneratedRegex(
        @"^\s*(?:.{0,80}\b(?:trang|page)\s*)?\d+(?:\s*/\s*\d+)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageNumber();
}
