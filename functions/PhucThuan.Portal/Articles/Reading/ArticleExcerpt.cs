using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// Derives summary and picture for lists from the text of an article without them, such as a file from a word
/// processor.
/// </summary>
internal static class ArticleExcerpt
{
    /// <summary>Characters: the length that search engines display, and two lines of a list.</summary>
    private const int MaxLength = 200;

    /// <summary>
    /// Minimum number of characters; skips short paragraphs at the start, such as dates, places and salutations.
    /// </summary>
    private const int MinLength = 60;

    /// <summary>
    /// Pixels. Smaller pictures are emblems or signatures, and would be blurred at the width of a list picture.
    /// </summary>
    private const int MinWidth = 300;

    /// <summary>The first paragraph that is long enough, truncated after a word; null without one.</summary>
    public static string? Text(IElement content)
    {
        var text = content.QuerySelectorAll("p")
            .Where(paragraph => paragraph.Closest("table, blockquote, figure") is null)
            .Select(paragraph => PlainText.OneLine(paragraph.TextContent))
            .FirstOrDefault(text => text?.Length >= MinLength);
        return text?.Length > MaxLength ? Cut(text) : text;
    }

    /// <summary>Address of the first picture in container <c>media</c> that is not an emblem.</summary>
    public static string? Picture(IElement content) => content.QuerySelectorAll("img[src^='/media/']")
        .FirstOrDefault(
            image => !int.TryParse(image.GetAttribute("width"), out var width) || width >= MinWidth)?.GetAttribute(
                "src");

    public static bool HasText(IElement content, string text) =>
        PlainText.OneLine(content.TextContent)?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    public static bool HasPicture(IElement content, string address) =>
        content.QuerySelectorAll("img").Any(image => image.GetAttribute("src") == address);

    private static string Cut(string text)
    {
        var end = text.LastIndexOf(' ', MaxLength, MaxLength - MinLength);
        if (end < 0)
        {
            end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        }

        return text[..end].TrimEnd(',', ';', ':', '.', '–', '-', ' ') + "…";
    }
}
