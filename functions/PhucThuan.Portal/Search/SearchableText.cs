using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PhucThuan.Portal.Search;

/// <summary>Extracts the searchable text of an article's HTML.</summary>
public static class SearchableText
{
    /// <summary>Maximum length in characters, about a book of 150 pages.</summary>
    public const int MaxLength = 300_000;

    // Inline elements, which do not separate words; all other elements do.
    private static readonly HashSet<string> InlineTags =
    [
        "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub", "sup",
        "time", "u",
    ];

    // Blocks that are no sentences: a separator keeps them from running into the text around them.
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

    // Recursion is safe: MarkupLimit bounds the depth.
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

    /// <summary>So that two labels have one separator between them.</summary>
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
