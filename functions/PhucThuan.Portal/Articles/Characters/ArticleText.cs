using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Characters;

/// <summary>
/// Decodes an uploaded file. Files are in UTF-8, UTF-16 or windows-1258. Their declaration is often wrong, for example
/// after a conversion to UTF-8, so the bytes take precedence.
/// </summary>
public static partial class ArticleText
{
    /// <summary>Bytes in which the HTML standard searches for a charset declaration (13.2.3.2, prescan).</summary>
    private const int PrescanLength = 1024;

    static ArticleText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// Returns text in Unicode NFC: windows-1258 has combining tone marks, but search, fonts and line breaks need
    /// composed letters. Never fails: an invalid byte becomes U+FFFD.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => DecodeAndRepair(bytes).Text;

    /// <summary>
    /// Decodes a file, and reports whether mojibake was repaired and whether letters were lost
    /// (<see cref="Mojibake"/>).
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
    /// Vietnamese text in another encoding is almost never valid UTF-8. A truncated file, or one with a few invalid
    /// bytes, is still mostly valid.
    /// </summary>
    private static bool IsMostlyUtf8(string text)
    {
        const char Invalid = '\uFFFD';
        var letters = text.Count(letter => letter >= 0x80);
        return text.Count(letter => letter == Invalid) * 4 <= letters;
    }

    /// <summary>
    /// Detects UTF-16 without a byte order mark: many bytes at even positions are NUL and none at odd ones, or the
    /// reverse. Null for other files.
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

        // The bytes are not UTF-8, even if the file declares it. Latin 1 is a program's default rather than a choice.
        return declared is null or UTF8Encoding or { CodePage: 28591 or 1252 or 28605 or 20127 or 1258 }
            ? OneByteEncoding(bytes)
            : declared;
    }

    /// <summary>
    /// windows-1258, the usual one-byte encoding of Vietnamese, unless the text is in the encoding of an old font
    /// (TCVN3, VNI), which windows-1258 would turn into other letters.
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

    /// <summary>Minimum number of syllables in an old encoding, in addition to one per hundred characters.</summary>
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
