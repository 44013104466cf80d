using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>Finds what an article is called, which word processors know of few files and guess of others.</summary>
internal static partial class ArticleTitle
{
    /// <summary>Characters; what is longer and bold is a paragraph.</summary>
    private const int MaxLength = 250;

    /// <summary>
    /// The file's title, else what its text begins with when that is set as a title; null without either. A text that begins
    /// with the title loses it, because the page shows it above the text.
    /// </summary>
    public static string? Take(IDocument document, IElement content)
    {
        var heading = FindHeading(content);
        var shown = heading is null ? null : TextOf(heading);
        var title = PlainText.OneLine(document.Title) is { } told && !MadeByProgram().IsMatch(told) ? told : shown;
        if (heading is not null && string.Equals(shown, title, StringComparison.OrdinalIgnoreCase))
        {
            heading.Remove();
        }

        return title;
    }

    /// <summary>
    /// What Word and Google Docs call title wherever it stands, and else the first text outside of a table (official letters
    /// begin with one) when it is a heading or all bold. A heading further on is one of a part.
    /// </summary>
    private static IElement? FindHeading(IElement content)
    {
        if (content.QuerySelector("p.title, p.MsoTitle") is { } title)
        {
            return title;
        }

        var first = content.QuerySelectorAll("h1, h2, h3, p, li, dt, blockquote")
            .FirstOrDefault(element => element.Closest("table") is null && TextOf(element) is not null);
        return first is { LocalName: "h1" or "h2" } || (first is { LocalName: "p" } && IsBold(first)) ? first : null;
    }

    private static bool IsBold(IElement paragraph) => TextOf(paragraph)?.Length <= MaxLength
        && paragraph.Descendants<IText>().All(text => string.IsNullOrWhiteSpace(text.Data) || text.ParentElement?.Closest("b, strong") is not null);

    /// <summary>Without marks of footnotes, and with a space for the end of a line.</summary>
    private static string? TextOf(IElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Descendants())
        {
            if (node is IElement { LocalName: "br" })
            {
                text.Append(' ');
            }
            else if (node is IText words && words.ParentElement?.Closest("sup, a[href^='#']") is null)
            {
                text.Append(words.Data);
            }
        }

        return PlainText.OneLine(text.ToString());
    }

    /// <summary>Word takes the first line of a new file, which in official letters is the country's name and motto.</summary>
    [GeneratedRegex("^(?:CỘNG HÒA XÃ HỘI CHỦ NGHĨA|CỘNG HOÀ XÃ HỘI CHỦ NGHĨA|Untitled|Document ?\\d*$|Microsoft Word - )", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MadeByProgram();
}
