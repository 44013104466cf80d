using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal;

/// <summary>Vietnamese words, with and without their marks.</summary>
public static partial class VietnameseText
{
    /// <summary>Icelandic Ð, which looks like Vietnamese Đ; old fonts and converters wrote it instead.</summary>
    public const char CapitalEth = '\u00D0';

    /// <summary>The last of the blocks of Latin letters with Vietnamese ones is Latin Extended Additional.</summary>
    private const int LastVietnamese = 0x1EFF;

    private const char NoLetter = '\uFFFE';
    private const char ManyLetters = '\uFFFF';

    // What Fold makes of each letter alone.
    private static readonly char[] FoldedLetters =
    [
        .. from letter in Enumerable.Range(0, LastVietnamese + 1)
           let folded = Fold(((char)letter).ToString())
           select folded.Length == 0 ? NoLetter : folded.Length == 1 ? folded[0] : ManyLetters,
    ];

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
                folded.Append(letter is 'đ' or 'Đ' or 'ð' ? 'd' : char.ToLowerInvariant(letter));
            }
        }

        return folded.ToString();
    }

    /// <summary>The same without memory of its own, for long texts: as much as <paramref name="folded"/> takes, and how much that is.</summary>
    public static int Fold(ReadOnlySpan<char> word, Span<char> folded)
    {
        var length = 0;
        foreach (var letter in word)
        {
            var plain = letter <= LastVietnamese ? FoldedLetters[letter] : ManyLetters;
            if (plain == ManyLetters)
            {
                var whole = Fold(word.ToString()).AsSpan();
                length = Math.Min(whole.Length, folded.Length);
                whole[..length].CopyTo(folded);
                return length;
            }

            if (plain != NoLetter && length < folded.Length)
            {
                folded[length++] = plain;
            }
        }

        return length;
    }

    /// <summary>
    /// With Đ for the Icelandic letter that old files have instead; small ð looks different, and is a sound in dictionaries of
    /// English. Never fails, as
    /// <see cref="string.Normalize()"/> does for half a surrogate pair and for U+FFFE, which an editor's file or a query
    /// may hold: they become U+FFFD.
    /// </summary>
    public static string Normalize(string text, NormalizationForm form) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
            .Replace('\uFFFE', '\uFFFD').Replace(CapitalEth, 'Đ').Normalize(form);

    /// <summary>
    /// With the tones of open oa, oe and uy on their second letter: <c>hóa</c> becomes <c>hoá</c>. Both spellings are in use and
    /// are one word; this one is also how <c>hoán</c> begins. No letter changes its place; other text than NFC is left as it is.
    /// </summary>
    public static string WithLateTones(string text) => EarlyTone().Replace(text, MoveTone);

    /// <summary>The other way: <c>hoá</c> becomes <c>hóa</c>.</summary>
    public static string WithEarlyTones(string text) => LateTone().Replace(text, MoveTone);

    /// <summary>Runs of letters, digits and their marks; what stands between them is no part of a word.</summary>
    [GeneratedRegex(@"[\p{L}\p{N}\p{M}]+", RegexOptions.CultureInvariant)]
    public static partial Regex Words();

    /// <summary>Whether <see cref="Words"/> takes the letter for part of a word.</summary>
    public static bool IsInWord(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || char.GetUnicodeCategory(letter) <= UnicodeCategory.OtherNumber; // letters, marks, numbers

    [GeneratedRegex(@"(?:[òóỏõọ][ae]|[ùúủũụ]y)(?![\p{L}\p{N}\p{M}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EarlyTone();

    [GeneratedRegex(@"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![\p{L}\p{N}\p{M}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LateTone();

    /// <summary>Of two letters, one of which has a tone, the other gets it.</summary>
    private static string MoveTone(Match letters)
    {
        // A letter, the tone and a letter, or a letter, a letter and the tone: the last two change places.
        var parts = letters.Value.Normalize(NormalizationForm.FormD);
        return $"{parts[0]}{parts[2]}{parts[1]}".Normalize(NormalizationForm.FormC);
    }
}
