using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal;

/// <summary>Normalizes and folds Vietnamese text.</summary>
public static partial class VietnameseText
{
    /// <summary>Icelandic Ð, which old fonts and converters wrote instead of Vietnamese Đ.</summary>
    public const char CapitalEth = '\u00D0';

    /// <summary>End of Latin Extended Additional, the last block with Vietnamese letters.</summary>
    private const int LastVietnamese = 0x1EFF;

    private const char NoLetter = '\uFFFE';
    private const char ManyLetters = '\uFFFF';

    // The result of Fold for each letter up to LastVietnamese.
    private static readonly char[] FoldedLetters =
    [
        .. from letter in Enumerable.Range(0, LastVietnamese + 1)
           let folded = Fold(((char)letter).ToString())
           select folded.Length == 0 ? NoLetter : folded.Length == 1 ? folded[0] : ManyLetters,
    ];

    /// <summary>
    /// Converts to lower case without marks: <c>Đặng Thị Huệ</c> becomes <c>dang thi hue</c>, in any normalization
    /// form.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in Normalize(text, NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                // Đ has no canonical decomposition in Unicode.
                folded.Append(letter is 'đ' or 'Đ' or 'ð' ? 'd' : char.ToLowerInvariant(letter));
            }
        }

        return folded.ToString();
    }

    /// <summary>
    /// Non-allocating overload. Truncates to <paramref name="folded"/>; returns the number of characters written.
    /// </summary>
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
    /// Normalizes text that may be invalid: lone surrogates and U+FFFE, for which <see cref="string.Normalize()"/>
    /// throws, become U+FFFD. Replaces Icelandic Ð with Đ, but not ð, which looks different and is used in English
    /// phonetics.
    /// </summary>
    public static string Normalize(string text, NormalizationForm form) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
            .Replace('\uFFFE', '\uFFFD').Replace(CapitalEth, 'Đ').Normalize(form);

    /// <summary>
    /// Normalises words with two accepted spellings to one of them: <c>hóa</c> becomes <c>hoá</c>, <c>kỹ</c> becomes
    /// <c>kĩ</c>, <c>quí</c> becomes <c>quý</c>. Preserves length and offsets. The text must be NFC; other text is
    /// unchanged.
    /// </summary>
    /// <remarks>
    /// The chosen spelling is a prefix of longer words, so that a prefix search finds them: <c>hoá</c> of <c>hoán</c>,
    /// <c>kí</c> of <c>kính</c>, <c>quy</c> of <c>quyết</c>.
    /// </remarks>
    public static string WithOneSpelling(string text) => TwoLetters().Replace(WithLateTones(text), SwapLetter);

    /// <summary>In-place variant of <see cref="WithOneSpelling"/> for a folded word.</summary>
    public static void ChooseSpelling(Span<char> folded)
    {
        if (folded is ['h' or 'k' or 'l' or 'm' or 's' or 't', 'y'])
        {
            folded[^1] = 'i';
        }
        else if (folded is ['q', 'u', 'i'])
        {
            folded[^1] = 'y';
        }
    }

    /// <summary>
    /// Moves the tone of open oa, oe and uy to the second letter: <c>hóa</c> becomes <c>hoá</c>. Both spellings are in
    /// use.
    /// </summary>
    public static string WithLateTones(string text) => EarlyTone().Replace(text, MoveTone);

    /// <summary>Matches words: runs of letters, digits and combining marks.</summary>
    [GeneratedRegex(@"[\p{L}\p{N}\p{M}]+", RegexOptions.CultureInvariant)]
    public static partial Regex Words();

    /// <summary>True when <see cref="Words"/> matches the character.</summary>
    public static bool IsInWord(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || char.GetUnicodeCategory(letter) <= UnicodeCategory.OtherNumber;

    [GeneratedRegex(
        @"(?:[òóỏõọ][ae]|[ùúủũụ]y|(?<=q)[ùúủũụ]i)(?![\p{L}\p{N}\p{M}])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EarlyTone();

    // The orthography of 1980 replaces y by i after these consonants, and i by y after qu.
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}\p{M}])(?:[hklmst][yỳýỷỹỵ]|qu[iìíỉĩị])(?![\p{L}\p{N}\p{M}])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TwoLetters();

    /// <summary>Moves the tone from the first of two letters to the second.</summary>
    private static string MoveTone(Match letters)
    {
        var parts = letters.Value.Normalize(NormalizationForm.FormD);
        return $"{parts[0]}{parts[2]}{parts[1]}".Normalize(NormalizationForm.FormC);
    }

    /// <summary>Replaces y by i, or i by y, with its case and tone.</summary>
    private static string SwapLetter(Match word)
    {
        var parts = word.Value.Normalize(NormalizationForm.FormD);
        var index = parts.IndexOfAny(['y', 'Y', 'i', 'I']);
        var other = parts[index] switch { 'y' => 'i', 'Y' => 'I', 'i' => 'y', _ => 'Y' };
        return $"{parts[..index]}{other}{parts[(index + 1)..]}".Normalize(NormalizationForm.FormC);
    }
}
