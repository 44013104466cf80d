using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// LibreOffice writes the title of a picture or a box as text into its frame when it exports XHTML, behind the content
/// that the title describes. A comment before each frame names it.
/// </summary>
internal static class LibreOfficeFrames
{
    /// <summary>Removes the titles; a picture without a description takes its own.</summary>
    public static void RemoveTitles(IElement content)
    {
        foreach (var frame in content.Descendants<IComment>()
            .Where(comment => comment.Data.Contains("is a draw:frame", StringComparison.Ordinal))
            .Select(comment => comment.NextSibling is IText space ? space.NextSibling : comment.NextSibling)
            .OfType<IElement>().ToList())
        {
            foreach (var title in frame.ChildNodes.OfType<IText>().Where(text => text.PreviousSibling is IElement)
                .ToList())
            {
                if (frame.QuerySelector("img") is { } picture
                    && string.IsNullOrWhiteSpace(picture.GetAttribute("alt")))
                {
                    picture.SetAttribute("alt", title.Data.Trim());
                }

                title.Remove();
            }
        }
    }
}
