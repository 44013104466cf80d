using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>
/// Serves <c>/bai-viet/{slug}/anh</c>: the first picture in an article's file, for lists and social networks.
/// </summary>
public sealed class ArticlePictureEndpoint(ArticlePageCache pages, SmallPictures pictures)
{
    /// <summary>Pixels; the width that lists show on every screen.</summary>
    private const int Width = 960;

    // Immutable, because the version in the address changes with the picture.
    private const string CacheControl = "public, max-age=604800, immutable";

    public async Task<IResult> GetAsync(HttpRequest request, string slug, CancellationToken cancellationToken)
    {
        if (await pages.FindAsync(slug, cancellationToken) is not { } page
            || EmbeddedPicture.Find(Encoding.UTF8.GetString(page.Rendered.Body.Identity.Bytes.Span)) is not { } file)
        {
            return PortalError.NotFound;
        }

        var (version, type) = (EmbeddedPicture.VersionOf(file), PictureType.PreferredBy(request));
        var picture = await ResizeAsync(slug, version, file, type, cancellationToken);
        var bytes = TypedResults.Bytes(
            picture?.Content ?? file,
            picture?.Type.ContentType ?? TypeOf(file),
            entityTag: new EntityTagHeaderValue($"\"{version}{picture?.Type.Extension}\""));
        return new MediaResult(bytes, "inline", CacheControl, Varies: true);
    }

    private async Task<ResizedPicture?> ResizeAsync(
        string slug, string version, byte[] file, PictureType type, CancellationToken cancellationToken)
    {
        try
        {
            var name = StoredPictures.NameOf(EmbeddedPicture.PathOf(slug).TrimStart('/'), version, Width, type);
            return await pictures.GetAsync(name, _ => Task.FromResult(file), Width, type, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null; // the original is at most 1600 pixels wide
        }
    }

    private static string TypeOf(byte[] file) => file switch
    {
        [0xFF, 0xD8, ..] => "image/jpeg",
        [0x89, (byte)'P', ..] => "image/png",
        _ => "image/webp",
    };
}
