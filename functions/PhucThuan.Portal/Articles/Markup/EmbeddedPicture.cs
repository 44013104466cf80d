using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// A picture embedded in the HTML of an article, like all pictures of Word files. Lists and social networks need an
/// address for it.
/// </summary>
internal static partial class EmbeddedPicture
{
    /// <summary>
    /// Pixels. Smaller pictures are emblems or signatures, and would be blurred at the width of a list picture.
    /// </summary>
    private const int MinWidth = 300;

    /// <summary>Hexadecimal digits of the picture's hash in its address.</summary>
    private const int VersionLength = 12;

    public static string PathOf(string slug) => $"{ArticleSummary.PathOf(slug)}/anh";

    /// <summary>
    /// Address of the first picture that is not an emblem, such as <c>/bai-viet/le-hoi/anh?v=0123456789ab</c>, with a
    /// hash of the picture. Null without such a picture.
    /// </summary>
    /// <param name="body">Sanitised HTML of an article.</param>
    public static string? AddressIn(string body, string slug) =>
        Find(body) is { } file ? $"{PathOf(slug)}?v={VersionOf(file)}" : null;

    /// <summary>File of the first picture that is not an emblem; null without one.</summary>
    /// <param name="html">The article, or a page that contains it.</param>
    public static byte[]? Find(string html)
    {
        foreach (var match in Picture().EnumerateMatches(html))
        {
            var tag = html.AsSpan(match.Index, match.Length);
            if (IsWide(tag) && Decode(tag) is { } file)
            {
                return file;
            }
        }

        return null;
    }

    public static string VersionOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file))[..VersionLength];

    private static bool IsWide(ReadOnlySpan<char> tag)
    {
        const string Attribute = " width=\"";
        var start = tag.LastIndexOf(Attribute);
        return start < 0
            || (tag[(start + Attribute.Length)..] is var rest
                && int.TryParse(
                    rest[..rest.IndexOf('"')], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
                && width >= MinWidth);
    }

    private static byte[]? Decode(ReadOnlySpan<char> tag)
    {
        const string Encoding = ";base64,";
        var data = tag[(tag.IndexOf(Encoding) + Encoding.Length)..];
        data = data[..data.IndexOf('"')];
        var file = new byte[(data.Length * 3 / 4) + 3];
        return Convert.TryFromBase64Chars(data, file, out var length) ? file[..length] : null;
    }

    [GeneratedRegex(
        "<img [^<>]*?src=\"data:image/(?:jpeg|png|webp);base64,[^\"<>]*\"[^<>]*>",
        RegexOptions.CultureInvariant)]
    private static partial Regex Picture();
}
