using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PhucThuan.Portal.Search;

/// <summary>Extracts the searchable text of an article's HTML.</summary>
public static class SearchableText
{
    /// <summary>Maximum length in characters, about a book of 150 pages.</summary>
    public const int MaxLength = 300_000;

    // Inline elements do not separate words; all other elements do.
    private static readonly HashSet<string> InlineTags =
    [
        "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub", "sup",
        "time", "u",
    ];

    // Blocks that are not sentences; a separator is added between them and the surrounding text.
    private static readonly HashSet<string> LabelTags = ["caption", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"];

    private const string Separator = " · ";

    /// <summary>Text on a single line, at most <see cref="MaxLength"/> characters.</summary>
    public static string Of(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new StringBuilder();
        Append(document.Body!, text);
        return text.ToString(0, Math.Min(text.Length, MaxLength)).Trim(' ', '·');
    }

    // Recursion is safe, because MarkupLimit limits the depth.
    private static void Append(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (text.Length >= MaxLength)
            {
                return;
            }

            if (child is IText words)
            {
                AppendCollapsed(words.Data, text);
            }
            else if (child is IElement element)
            {
                AppendBoundary(element, text);
                Append(element, text);
                AppendBoundary(element, text);
            }
        }
    }

    private static void AppendBoundary(IElement element, StringBuilder text)
    {
        if (LabelTags.Contains(element.LocalName))
        {
            TrimEnd(text);
            text.Append(Separator);
        }
        else if (!InlineTags.Contains(element.LocalName))
        {
            AppendCollapsed(" ", text);
        }
    }

    /// <summary>Removes a trailing separator, so that two adjacent labels are separated once.</summary>
    private static void TrimEnd(StringBuilder text)
    {
        while (text is [.., ' ' or '·'])
        {
            text.Length--;
        }
    }

    private static void AppendCollapsed(string words, StringBuilder text)
    {
        foreach (var letter in words)
        {
            if (!char.IsWhiteSpace(letter))
            {
                text.Append(letter);
            }
            else if (text is [.., not ' '])
            {
                text.Append(' ');
            }
        }
    }
}
