using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Search;

/// <summary>
/// Tokenizer for index, queries and highlighting. A number is one word, with or without separators (<c>1.500.000</c>,
/// <c>0208 3863 123</c>). Each Chinese or Nôm character is a word, because these scripts have no spaces.
/// </summary>
internal static partial class SearchTokens
{
    // Groups of three digits, as in 1.500.000 and 1,500,000. Only no-break spaces are separators, because "Điều 5 100"
    // contains two numbers.
    private const string Grouped = @"(?<![\p{L}\p{N}\p{M}])\d{1,3}(?:[.,\u00A0\u202F]\d{3})+(?![\p{L}\p{N}\p{M}])";

    // Groups with equal separators: 0208 3863 123, 0912.345.678, +84 912 345 678. Shorter ones are dates.
    private const string Telephone =
        @"(?<![\p{L}\p{N}\p{M}.,/-])(?:\+84|0)\d{0,4}(?<separator>[ .\u00A0])\d{2,7}(?:\k<separator>\d{2,4})*"
        + @"(?![\p{L}\p{N}\p{M}]|[.,]\d)";

    private const int MinTelephone = 9;

    private const int MaxTelephone = 12;

    // Blocks of CJK ideographs, and planes 2 and 3 as surrogate pairs.
    private const string Ideograph = @"[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]|[\uD840-\uD88F][\uDC00-\uDFFF]";

    private const string Special = $"(?<phone>{Telephone})|(?<number>{Grouped})|(?<ideograph>{Ideograph})";

    /// <summary>
    /// Normalises text for the index: one spelling per word, numbers without separators, spaces between ideographs. The
    /// text must be NFC.
    /// </summary>
    public static string Normalize(string text) =>
        AnySpecial().Replace(VietnameseText.WithOneSpelling(text), NormalizeSpecial);

    /// <summary>The words of a normalized text.</summary>
    public static IEnumerable<string> Split(string normalized) => Word().Matches(normalized).Select(word => word.Value);

    /// <summary>Finds the next word of a text that need not be normalized, without allocations.</summary>
    /// <param name="position">Start of the search; set to the end of the word.</param>
    /// <returns>Start of the word, or -1 when there is none.</returns>
    public static int Next(string text, ref int position)
    {
        while (position < text.Length)
        {
            var start = position;
            if (IsSpecialStart(text[start]) && SpecialLength(text, start) is > 0 and var length)
            {
                position = start + length;
                return start;
            }

            while (position < text.Length && VietnameseText.IsInWord(text[position]) && !IsIdeograph(text[position]))
            {
                position++;
            }

            if (position > start)
            {
                return start;
            }

            position++;
        }

        return -1;
    }

    /// <summary>
    /// Writes the indexed form, without marks, of a word found by <see cref="Next"/>. Truncates to
    /// <paramref name="folded"/>.
    /// </summary>
    public static int Fold(ReadOnlySpan<char> word, Span<char> folded)
    {
        if (!IsSeparatedNumber(word))
        {
            var length = VietnameseText.Fold(word, folded);
            VietnameseText.ChooseSpelling(folded[..length]);
            return length;
        }

        var digits = 0;
        foreach (var letter in word.StartsWith("+84") ? word[2..] : word)
        {
            if (char.IsAsciiDigit(letter) && digits < folded.Length)
            {
                folded[digits++] = letter;
            }
        }

        if (word[0] == '+' && digits > 0)
        {
            folded[0] = '0';
        }

        return digits;
    }

    /// <summary>True when the word contains a separator, which only numbers do.</summary>
    private static bool IsSeparatedNumber(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (!char.IsAsciiDigit(letter))
            {
                return letter is '.' or ',' or '+' or ' ' or '\u00A0' or '\u202F';
            }
        }

        return false;
    }

    private static bool IsSpecialStart(char letter) =>
        char.IsAsciiDigit(letter) || letter == '+' || IsIdeograph(letter) || letter is >= '\uD840' and <= '\uD88F';

    private static bool IsIdeograph(char letter) =>
        letter is (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    private static int SpecialLength(string text, int start)
    {
        foreach (var match in SpecialHere().EnumerateMatches(text, start))
        {
            var word = text.AsSpan(match.Index, match.Length);
            return IsWholeNumber(word) || !char.IsAsciiDigit(word[^1]) ? match.Length : 0;
        }

        return 0;
    }

    /// <summary>True when separated digits are a grouped number or a telephone number, false for a date.</summary>
    private static bool IsWholeNumber(ReadOnlySpan<char> word)
    {
        var digits = 0;
        foreach (var letter in word)
        {
            digits += char.IsAsciiDigit(letter) ? 1 : 0;
        }

        return digits is >= MinTelephone and <= MaxTelephone || word[0] is not ('0' or '+');
    }

    private static string NormalizeSpecial(Match match)
    {
        if (match.Groups["ideograph"].Success)
        {
            return $" {match.Value} ";
        }

        if (!IsWholeNumber(match.Value))
        {
            return match.Value;
        }

        var digits = string.Concat(match.Value.Where(char.IsAsciiDigit));
        return match.Value[0] == '+' ? "0" + digits[2..] : digits;
    }

    [GeneratedRegex(Special, RegexOptions.CultureInvariant)]
    private static partial Regex AnySpecial();

    [GeneratedRegex($@"\G(?:{Special})", RegexOptions.CultureInvariant)]
    private static partial Regex SpecialHere();

    [GeneratedRegex(@"[\p{L}\p{N}\p{M}]+|[\uD840-\uD88F][\uDC00-\uDFFF]", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
