using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>Removes author and date at the start of the text if the page shows the same values above it.</summary>
internal static partial class ShownMetadata
{
    public static void RemoveRepeated(IElement content, ArticleMetadata metadata)
    {
        foreach (var element in content.QuerySelectorAll("p, span, div, time, address, em, small").Where(IsNamed)
            .ToList())
        {
            var text = PlainText.OneLine(element.TextContent);
            if (text is not null && (text == metadata.Author
                || (metadata.Published is { } published && ArticleDate.Parse(text) is { } shown
                && (shown == published || VietnamTime.DayOf(shown) == VietnamTime.DayOf(published)))))
            {
                element.Remove();
            }
        }
    }

    private static bool IsNamed(IElement element) =>
        element.LocalName == "time" || Name().IsMatch(element.ClassName ?? "");

    [GeneratedRegex(
        @"(?:^|[\s_-])(?:author|byline|date|time|published|pubdate|entry-date|ngay|tac-?gia)(?:$|[\s_-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
