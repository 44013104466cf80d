using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>Combines a picture and the paragraph that is marked as its caption into a figure.</summary>
internal sealed partial class Captions(IDocument document)
{
    public void Apply(IElement content)
    {
        ReplaceShortcodes(content);
        foreach (var caption in content.QuerySelectorAll("p, div, span, dd, td, figcaption").Where(IsCaption).ToList())
        {
            if (caption.Closest("figure") is null && PictureBefore(caption, content) is { } picture)
            {
                Join(picture, caption);
            }
        }
    }

    private static bool IsCaption(IElement element) =>
        (CaptionClass().IsMatch(element.ClassName ?? "")
            || (element.LocalName == "p" && CaptionText().IsMatch(element.TextContent)
                && element.PreviousElementSibling is { } before && before.QuerySelector("img") is not null
                && string.IsNullOrWhiteSpace(before.TextContent)))
        && element.QuerySelector("img, table, p") is null && !string.IsNullOrWhiteSpace(element.TextContent);

    /// <summary>
    /// The element before the caption, or the rest of their common parent, if it contains only a picture.
    /// </summary>
    private static IElement? PictureBefore(IElement caption, IElement content)
    {
        var before = caption.PreviousElementSibling;
        while (before is not null && before.QuerySelector("img") is null && before.LocalName != "img"
            && string.IsNullOrWhiteSpace(before.TextContent))
        {
            before = before.PreviousElementSibling;
        }

        return
            before is not null
            && before != content
            && string.IsNullOrWhiteSpace(before.TextContent)
            && before.LocalName
                is "img"
                    or "a"
                    or "p"
                    or "div"
                    or "span"
                    or "center"
                    or "b"
                    or "i"
                    or "font"
                    or "dt"
                    or "picture"
            && (before.LocalName == "img" || before.QuerySelectorAll("img").Length == 1)
            ? before
            : null;
    }

    private void Join(IElement picture, IElement caption)
    {
        var figure = document.CreateElement("figure");
        var words = document.CreateElement("figcaption");
        words.Append([.. caption.ChildNodes]);

        // A parent that contains only the picture and its caption becomes the figure.
        var parent = picture.ParentElement!;
        var isBox = parent.LocalName is "div" or "dl" && parent == caption.ParentElement
            && parent.Children.All(child => child == picture || child == caption);
        (isBox ? parent : picture).InsertBefore(figure);
        var image = picture.LocalName is "p" or "div" or "center" or "dt"
            ? [.. picture.ChildNodes]
            : (INode[])[picture];
        figure.Append(image);
        figure.Append(words);
        caption.Remove();
        if (picture.Parent != figure)
        {
            picture.Remove();
        }

        if (isBox)
        {
            parent.Remove();
        }

        if (figure.ParentElement is { LocalName: "p" } paragraph)
        {
            paragraph.Replace([.. paragraph.ChildNodes]);
        }
    }

    /// <summary>
    /// Converts WordPress's <c>[caption …]picture words[/caption]</c>; removes other shortcodes.
    /// </summary>
    private void ReplaceShortcodes(IElement content)
    {
        foreach (var element in content.QuerySelectorAll("p, div, body").Append(content).Distinct().Where(element =>
            element.ChildNodes.OfType<IText>()
                .Any(text => text.Data.Contains("[caption", StringComparison.OrdinalIgnoreCase))).ToList())
        {
            var image = element.Children.FirstOrDefault(
                child => child.LocalName == "img" || child.QuerySelector("img") is not null);
            var end = element.ChildNodes.OfType<IText>()
                .FirstOrDefault(text => text.Data.Contains("[/caption]", StringComparison.OrdinalIgnoreCase));
            var start = element.ChildNodes.OfType<IText>()
                .First(text => text.Data.Contains("[caption", StringComparison.OrdinalIgnoreCase));
            if (image is null || end is null)
            {
                continue;
            }

            var words = document.CreateElement("p");
            words.ClassName = "wp-caption-text";
            words.TextContent = EndOfShortcode().Replace(end.Data, "").Trim();
            image.After(words);
            start.Data = StartOfShortcode().Replace(start.Data, "");
            end.Data = AfterShortcode().Replace(end.Data, "");
        }
    }

    [GeneratedRegex(
        @"(?:^|\s)(?:MsoCaption|caption|wp-caption-text|wp-caption-dd|wp-element-caption|image-caption|img-caption|"
            + @"photo-?caption|Illustration|Figure|Hình)(?:\s|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CaptionClass();

    [GeneratedRegex(
        @"^\s*(?:Hình|Ảnh|Biểu đồ|Sơ đồ)\s*\d*\s*[.:]\s*\S.{0,200}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CaptionText();

    [GeneratedRegex(@"\[caption[^\]]*\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StartOfShortcode();

    [GeneratedRegex(
        @"\[/caption\].*$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex EndOfShortcode();

    [GeneratedRegex(
        @"^.*?\[/caption\]",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex AfterShortcode();
}
