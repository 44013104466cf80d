using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Characters;

/// <summary>
/// Decodes an uploaded file. Files are in UTF-8, UTF-16 or windows-1258, and their declaration is often wrong: a file
/// saved again as UTF-8 keeps its old declaration. So the bytes decide before the declaration.
/// </summary>
public static partial class ArticleText
{
    /// <summary>Where the HTML standard looks for a charset declaration (13.2.3.2, prescan).</summary>
    private const int PrescanLength = 1024;

    static ArticleText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// The text in Unicode NFC, because windows-1258 writes tone marks as letters of their own and search,
    /// fonts and line breaks need composed letters. Never fails: an invalid byte becomes U+FFFD.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => DecodeAndRepair(bytes).Text;

    /// <summary>
    /// The same, and whether the file was UTF-8 broken by another program and whether letters of it are lost.
    /// </summary>
    internal static (string Text, bool IsRepaired, bool IsLost) DecodeAndRepair(ReadOnlySpan<byte> bytes)
    {
        var (text, isRepaired, isLost) = Mojibake.Repair(DecodeRaw(bytes));
        return (VietnameseText.Normalize(text, NormalizationForm.FormC), isRepaired, isLost);
    }

    private static string DecodeRaw(ReadOnlySpan<byte> bytes)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, .. var utf8]:
                return Encoding.UTF8.GetString(utf8);
            case [0xFF, 0xFE, .. var little]:
                return Encoding.Unicode.GetString(little);
            case [0xFE, 0xFF, .. var big]:
                return Encoding.BigEndianUnicode.GetString(big);
        }

        if (Utf16WithoutMark(bytes) is { } utf16)
        {
            return utf16.GetString(bytes);
        }

        var text = Encoding.UTF8.GetString(bytes);
        return IsMostlyUtf8(text) ? text : DeclaredEncoding(bytes).GetString(bytes);
    }

    /// <summary>
    /// Vietnamese letters in another encoding are hardly ever valid UTF-8; a file cut off in the middle of a letter, or
    /// with a few bad bytes, still is for the most part.
    /// </summary>
    private static bool IsMostlyUtf8(string text)
    {
        const char Invalid = '\uFFFD';
        var letters = text.Count(letter => letter >= 0x80);
        return text.Count(letter => letter == Invalid) * 4 <= letters;
    }

    /// <summary>
    /// Null when the file is not UTF-16: every other byte of the markup is NUL, and hardly any of the others.
    /// </summary>
    private static Encoding? Utf16WithoutMark(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..(Math.Min(bytes.Length, PrescanLength) & ~1)];
        var (even, odd) = (0, 0);
        for (var index = 0; index < start.Length; index += 2)
        {
            even += start[index] == 0 ? 1 : 0;
            odd += start[index + 1] == 0 ? 1 : 0;
        }

        var enough = start.Length / 8;
        return start.Length < 4 ? null
            : odd > enough && even == 0 ? Encoding.Unicode
            : even > enough && odd == 0 ? Encoding.BigEndianUnicode
            : null;
    }

    private static Encoding DeclaredEncoding(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, PrescanLength)]);
        var declared = CharsetDeclaration().Match(start) is { Success: true } match
            ? AngleSharp.Text.TextEncoding.Resolve(match.Groups[1].Value)
            : null;

        // Not UTF-8, whatever the file declares. Latin 1 is the default of many programs.
        return declared is null or UTF8Encoding or { CodePage: 28591 or 1252 or 28605 or 20127 or 1258 }
            ? OneByteEncoding(bytes)
            : declared;
    }

    /// <summary>
    /// The usual one-byte encoding of Vietnamese, unless the text is of an old font, whose bytes windows-1258 would
    /// join to other letters, or of another language: tones of windows-1258 stand behind vowels, the same bytes of
    /// Latin 1 behind consonants.
    /// </summary>
    private static Encoding OneByteEncoding(ReadOnlySpan<byte> bytes)
    {
        var latin = Encoding.GetEncoding(1252);
        var text = latin.GetString(bytes);
        return OldFont().IsMatch(text) || Tcvn3.CountSyllables(text) > text.Length / 100 + MinOldSyllables
            || Vni.CountSyllables(text) > text.Length / 100 + MinOldSyllables
            ? latin
            : Encoding.GetEncoding(1258);
    }

    /// <summary>Syllables of an old encoding beyond one in a hundred characters.</summary>
    private const int MinOldSyllables = 5;

    [GeneratedRegex(
        """(?:font-family\s*:|face\s*=)\s*["']?(?:\.Vn[A-Z]|VNI-)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OldFont();

    [GeneratedRegex(
        """<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CharsetDeclaration();
}
