using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal;

/// <summary>Vietnamese words, with and without their marks.</summary>
public static partial class VietnameseText
{
    /// <summary>Icelandic Ð, which looks like Vietnamese Đ; old fonts and converters wrote it instead.</summary>
    public const char CapitalEth = '\u00D0';

    /// <summary>Icelandic ð, which they wrote instead of đ.</summary>
    public const char SmallEth = '\u00F0';

    /// <summary>
    /// Lower case without marks: <c>Đặng Thị Huệ</c> is <c>dang thi hue</c>, however its letters were composed.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in Normalize(text, NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                // Đ is a letter of its own in Unicode, without a mark that could be taken away.
                folded.Append(letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter));
            }
        }

        return folded.ToString();
    }

    /// <summary>
    /// With Đ and đ for the Icelandic letters that old files have instead. Never fails, as
    /// <see cref="string.Normalize()"/> does for half a surrogate pair and for U+FFFE, which an editor's file or a query
    /// may hold: they become U+FFFD.
    /// </summary>
    public static string Normalize(string text, NormalizationForm form) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
            .Replace('\uFFFE', '\uFFFD').Replace(CapitalEth, 'Đ').Replace(SmallEth, 'đ').Normalize(form);

    /// <summary>Runs of letters, digits and their marks; what stands between them is no part of a word.</summary>
    [GeneratedRegex(@"[\p{L}\p{N}\p{M}]+", RegexOptions.CultureInvariant)]
    public static partial Regex Words();
}
