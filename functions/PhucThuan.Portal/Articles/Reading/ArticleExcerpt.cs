using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// What lists show of an article whose editor gave neither summary nor picture: files of word processors have none.
/// </summary>
internal static class ArticleExcerpt
{
    /// <summary>Characters: what search engines show of a description, and two lines of a list.</summary>
    private const int MaxLength = 200;

    /// <summary>
    /// Characters of a paragraph that tells something; before it stand dates, places and salutations.
    /// </summary>
    private const int MinLength = 60;

    /// <summary>
    /// Pixels. What is smaller is an emblem or a signature, and blurred when it is drawn as wide as a list.
    /// </summary>
    private const int MinWidth = 300;

    /// <summary>The first paragraph that is long enough, cut after a word; null when none is.</summary>
    public static string? Text(IElement content)
    {
        var text = content.QuerySelectorAll("p")
            .Where(paragraph => paragraph.Closest("table, blockquote, figure") is null)
            .Select(paragraph => PlainText.OneLine(paragraph.TextContent))
            .FirstOrDefault(text => text?.Length >= MinLength);
        return text?.Length > MaxLength ? Cut(text) : text;
    }

    /// <summary>The address of the first picture that lies in container <c>media</c> and is no emblem.</summary>
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
