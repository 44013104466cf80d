using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Gives the pictures of an article their sizes, so that the text does not jump when they come, and smaller versions to
/// choose from. Word processors write sizes into the file; whoever writes HTML by hand rarely does.
/// </summary>
public sealed class ArticlePictures(PictureSizes sizes)
{
    /// <summary>Pictures of an article that are looked up; further ones stay as they are.</summary>
    private const int MaxPictures = 100;

    /// <summary>Width in pixels of a picture that a phone shows as it is, so that nothing is gained.</summary>
    private const int MinEnlarged = 480;

    /// <summary>Characters before a picture that may be on the first screen: as many as a phone shows.</summary>
    private const int MaxTextBeforeLead = 400;

    /// <summary>
    /// The body with what is known of the pictures in container <c>media</c>, and the addresses of those that are not
    /// there.
    /// </summary>
    /// <param name="startsPage">Whether no other picture is before the body.</param>
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

    /// <summary>Whether one of the pictures that were missing has come.</summary>
    public async Task<bool> HaveComeAsync(IReadOnlyList<string> missing, CancellationToken cancellationToken) =>
        missing.Count > 0 && (await sizes.FindAsync(missing, cancellationToken)).Count > 0;

    private static bool IsOnFirstScreen(IHtmlImageElement picture) =>
        picture.Closest("details") is null
        && picture.Owner!.Body!.Descendants()
            .TakeWhile(node => node != picture)
            .OfType<IText>()
            .Sum(text => PlainText.OneLine(text.Data)?.Length ?? 0) <= MaxTextBeforeLead;

    /// <summary>What a reader waits for: not lazy, and ahead of other pictures.</summary>
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

    /// <summary>A link to the whole picture, which enlarge.js opens above the page.</summary>
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
