using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles;

/// <summary>
/// The name of an article in addresses, in its blob's name and in row keys: <c>thong-bao-nghi-le</c>. Lower-case
/// ASCII letters, digits and single hyphens, at most 150 characters. Whatever else a request brings (dots, slashes,
/// NUL, other cases) cannot name a blob, so nothing outside the articles can be read through it.
/// </summary>
public static partial class Slug
{
    public const int MaxLength = 150;

    private const string Extension = ".html";

    public static bool IsValid(string text) => text.Length is > 0 and <= MaxLength && Pattern().IsMatch(text);

    public static string ToBlobName(string slug) => slug + Extension;

    /// <summary>The slug of a blob, or null when its name is not <c>{slug}.html</c>.</summary>
    public static string? FromBlobName(string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal) && IsValid(name[..^Extension.Length])
            ? name[..^Extension.Length]
            : null;

    /// <summary>
    /// A slug of words: <c>Thông báo – Đảng ủy</c> is <c>thong-bao-dang-uy</c>. Null when no letter or digit is left.
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

    // \z, not $: the latter matches before a final line feed too.
    [GeneratedRegex(@"^[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
