using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Adds sizes to the pictures of an article, so that the layout does not shift while they load, and links to resized
/// versions (<c>srcset</c>). Hand-written HTML rarely has sizes.
/// </summary>
public sealed class ArticlePictures(PictureSizes sizes)
{
    /// <summary>Maximum number of pictures per article; further ones are unchanged.</summary>
    private const int MaxPictures = 100;

    /// <summary>Pixels; a phone shows pictures up to this width in full size.</summary>
    private const int MinEnlarged = 480;

    /// <summary>Maximum number of characters before a picture on the first screen of a phone.</summary>
    private const int MaxTextBeforeLead = 400;

    /// <summary>
    /// Returns the body, and the addresses of pictures that are missing in container <c>media</c>.
    /// </summary>
    /// <param name="startsPage">True when the page has no picture before the body.</param>
    public async Task<(string Body, IReadOnlyList<string> Missing)> ApplyAsync(
        string body, bool startsPage, CancellationToken cancellationToken)
    {
        if (!body.Contains("<img", StringComparison.Ordinal))
        {
            return (body, []);
        }

        using var document = await new HtmlParser().ParseDocumentAsync(body, cancellationToken);
        var pictures = document.QuerySelectorAll<IHtmlImageElement>("img[src^='/media/']").Take(MaxPictures).ToList();
        var found = await sizes.FindAsync(pictures.Select(AddressOf), cancellationToken);
        if (startsPage && pictures is [var first, ..] && IsOnFirstScreen(first))
        {
            LoadFirst(first);
        }

        foreach (var picture in pictures)
        {
            if (found.TryGetValue(AddressOf(picture), out var size) && size.Width > 0)
            {
                Apply(picture, size);
            }
        }

        return (
            found.Count > 0 ? BodyHtml.Of(document.Body!) : body,
            [.. pictures.Select(AddressOf).Where(address => !found.ContainsKey(address)).Distinct()]);
    }

    /// <summary>True when a missing picture has been uploaded.</summary>
    public async Task<bool> AreAvailableAsync(IReadOnlyList<string> missing, CancellationToken cancellationToken) =>
        missing.Count > 0 && (await sizes.FindAsync(missing, cancellationToken)).Count > 0;

    private static bool IsOnFirstScreen(IHtmlImageElement picture) =>
        picture.Closest("details") is null
        && picture.Owner!.Body!.Descendants()
            .TakeWhile(node => node != picture)
            .OfType<IText>()
            .Sum(text => PlainText.OneLine(text.Data)?.Length ?? 0) <= MaxTextBeforeLead;

    /// <summary>Loads a picture on the first screen eagerly and with high priority.</summary>
    private static void LoadFirst(IHtmlImageElement picture)
    {
        picture.RemoveAttribute("loading");
        picture.SetAttribute("fetchpriority", "high");
    }

    private static void Apply(IHtmlImageElement picture, PictureSize size)
    {
        if (PictureLimit.IsExceededBy(size.Width, size.Height))
        {
            picture.Replace(picture.Owner!.CreateTextNode(picture.AlternativeText ?? ""));
            return;
        }

        if (!picture.HasAttribute("width") || !picture.HasAttribute("height"))
        {
            picture.DisplayWidth = size.Width;
            picture.DisplayHeight = size.Height;
        }

        if (PictureWidths.SourceSet(AddressOf(picture), size.Width) is { } sources)
        {
            var isNumber = int.TryParse(
                picture.GetAttribute("width"), CultureInfo.InvariantCulture, out var shownWidth);
            picture.SetAttribute("srcset", sources);
            picture.SetAttribute("sizes", PictureWidths.SizesInText(isNumber ? shownWidth : size.Width));
        }

        if (size.Width > MinEnlarged && picture.Closest("a, summary") is null)
        {
            LinkToWhole(picture);
        }
    }

    /// <summary>Adds a link to the original picture, which enlarge.js opens as an overlay.</summary>
    private static void LinkToWhole(IHtmlImageElement picture)
    {
        var link = picture.Owner!.CreateElement("a");
        link.ClassName = "enlarge";
        link.SetAttribute("href", AddressOf(picture));
        var name = PlainText.OneLine(picture.AlternativeText);
        link.SetAttribute("aria-label", name is null ? "Xem ảnh lớn" : $"Xem ảnh lớn: {name}");
        picture.Replace(link);
        link.AppendChild(picture);
    }

    private static string AddressOf(IHtmlImageElement picture) => picture.GetAttribute("src")!;
}
