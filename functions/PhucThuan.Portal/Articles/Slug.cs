using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles;

/// <summary>
/// Identifies an article in addresses and row keys: <c>thong-bao-nghi-le</c>. Lower-case ASCII letters, digits and
/// single hyphens, at most 150 characters. Other characters (dots, slashes, NUL) cannot reach a blob name, so a request
/// cannot read other blobs.
/// </summary>
public static partial class Slug
{
    public const int MaxLength = 150;

    private const string Extension = ".html";

    public static bool IsValid(string text) => text.Length is > 0 and <= MaxLength && Pattern().IsMatch(text);

    /// <summary>
    /// The canonical blob name, <c>{slug}.html</c>; other names may have the same slug, see <see cref="ArticleName"/>.
    /// </summary>
    public static string ToBlobName(string slug) => slug + Extension;

    /// <summary>
    /// Creates a slug from text: <c>Thông báo – Đảng ủy</c> becomes <c>thong-bao-dang-uy</c>. Null when no letter or
    /// digit is left.
    /// </summary>
    public static string? FromText(string text)
    {
        var slug = new StringBuilder();
        foreach (var letter in VietnameseText.Fold(text))
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug is [.., not '-'])
            {
                slug.Append('-');
            }
        }

        var cut = slug.ToString(0, Math.Min(slug.Length, MaxLength)).Trim('-');
        return cut.Length == 0 ? null : cut;
    }

    // \z, because $ also matches before a final line feed.
    [GeneratedRegex(@"^[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
