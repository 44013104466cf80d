using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Handles frames in LibreOffice's XHTML export, which writes the title of a picture or text box as text after its
/// content. A comment before each frame identifies it.
/// </summary>
internal static class LibreOfficeFrames
{
    /// <summary>Removes the titles; a picture without alternative text gets its title.</summary>
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
