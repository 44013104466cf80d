using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Takes away what word processors save with a text and never show on its pages, or show on every sheet of paper: hidden text,
/// comments of colleagues, headers and footers. Published, some of it would tell what was not meant for readers.
/// </summary>
internal static partial class EditorialMarks
{
    public static void Remove(IDocument document, IElement content)
    {
        var marks = content.QuerySelectorAll("[style]").Where(element => HidesText().IsMatch(element.GetAttribute("style")!))
            .Concat(content.QuerySelectorAll("[hidden]"))
            // LibreOffice's headers and footers, and Word's comments.
            .Concat(content.QuerySelectorAll(
                "div[title=header], div[title=footer], .msocomanchor, .msocomtxt, .msocomoff, [style*='mso-element:comment']"))
            // Google Docs' comments: marks in the text, and blocks at its end.
            .Concat(content.QuerySelectorAll("a[id^=cmnt_ref]").Select(mark => mark.ParentElement is { LocalName: "sup" } sup ? sup : mark))
            .Concat(content.QuerySelectorAll("a[href^='#cmnt_ref']").Select(mark => mark.Closest("div > p")?.ParentElement ?? mark.Closest("p")))
            .Concat(HeadersOfGoogleDocs(document));
        foreach (var mark in marks.OfType<IElement>().Where(mark => mark != content).ToList())
        {
            mark.Remove();
        }
    }

    /// <summary>It puts nothing else but notes into a <c>div</c> at the top level.</summary>
    private static IEnumerable<IElement> HeadersOfGoogleDocs(IDocument document) =>
        document.Body!.ClassList.Contains("doc-content")
            ? document.Body.Children.Where(child => child.LocalName == "div" && child.QuerySelector("a[id^=ftnt]") is null)
            : [];

    [GeneratedRegex(@"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HidesText();
}
