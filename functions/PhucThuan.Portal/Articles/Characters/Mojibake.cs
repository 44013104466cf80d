using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Characters;

/// <summary>
/// Repairs UTF-8 that a program decoded as windows-1252 and saved as UTF-8 again: <c>thÃ´ng bÃ¡o</c> becomes <c>thông
/// báo</c>. Lost bytes cannot be restored.
/// </summary>
internal static partial class Mojibake
{
    /// <summary>Minimum number of broken letters: a correct text may contain one, a broken page has hundreds.</summary>
    private const int MinLetters = 3;

    private static readonly Encoding Strict = new UTF8Encoding(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the text, whether it was repaired, and whether letters were lost.</summary>
    public static (string Text, bool IsRepaired, bool IsLost) Repair(string text)
    {
        if (!text.Contains('Ã', StringComparison.Ordinal) && !text.Contains('»', StringComparison.Ordinal)
            && !text.Contains('º', StringComparison.Ordinal))
        {
            return (text, false, false);
        }

        var repaired = 0;
        var result = Letters().Replace(text, match =>
        {
            if (TryDecode(match.Value) is not { } letter)
            {
                return match.Value;
            }

            repaired++;
            return letter;
        });
        if (repaired < MinLetters)
        {
            return (text, false, false);
        }

        // à is C3 A0 in UTF-8. A0 is a no-break space, which many programs replace with a space.
        result = result.Replace("Ã ", "à", StringComparison.Ordinal);
        return (result, true, Rest().IsMatch(result));
    }

    private static string? TryDecode(string letters)
    {
        var bytes = new byte[letters.Length];
        for (var index = 0; index < letters.Length; index++)
        {
            if (ByteOf(letters[index]) is not { } value)
            {
                return null;
            }

            bytes[index] = value;
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Encodes in windows-1252. Its five undefined bytes are control characters, as browsers decode them.
    /// </summary>
    private static byte? ByteOf(char letter) => letter <= '\u00FF'
        ? (byte)letter
        : High.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? (byte)(0x80 + at) : null;

    private const string High = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private const string Continuation = "[\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]";

    [GeneratedRegex(
        "[\u00C2-\u00DFĐ]" + Continuation + "|[\u00E1\u00E2]" + Continuation + "{2}|\u00F0" + Continuation + "{3}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Letters();

    [GeneratedRegex("[ÃÄÆ](?:$|[^a-zà-ỹ])|á[º»]", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
