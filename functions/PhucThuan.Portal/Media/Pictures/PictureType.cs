using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>File type of a resized picture.</summary>
/// <param name="Extension">File extension, such as <c>.jpg</c>.</param>
public sealed record PictureType(string ContentType, string Extension)
{
    private const string WebPName = "image/webp";

    public static PictureType Jpeg { get; } = new("image/jpeg", ".jpg");

    /// <summary>Lossy, with transparency (RFC 9649).</summary>
    public static PictureType WebP { get; } = new(WebPName, ".webp");

    /// <summary>
    /// WebP for clients that name it in <c>Accept</c> and do not prefer JPEG (RFC 9110, 12.5.1). A wildcard does not
    /// count, because programs and old browsers that cannot decode WebP send <c>*/*</c> or <c>image/*</c>.
    /// </summary>
    public static PictureType PreferredBy(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var webP = accepted.Where(range => range.MediaType.Equals(WebPName, StringComparison.OrdinalIgnoreCase))
            .Select(QualityOf)
            .FirstOrDefault();
        return webP > 0 && webP >= QualityOfJpeg(accepted) ? WebP : Jpeg;
    }

    /// <summary>Quality of the most specific range that includes JPEG; 0 without such a range.</summary>
    private static double QualityOfJpeg(IEnumerable<MediaTypeHeaderValue> accepted) => accepted
        .Where(range => range.MatchesAllTypes || range.Type.Equals("image", StringComparison.OrdinalIgnoreCase))
        .Where(range => range.MatchesAllSubTypes || range.SubType.Equals("jpeg", StringComparison.OrdinalIgnoreCase))
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(QualityOf)
        .FirstOrDefault();

    private static double QualityOf(MediaTypeHeaderValue range) => range.Quality ?? 1;
}
