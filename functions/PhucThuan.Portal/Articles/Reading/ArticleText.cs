using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// Turns an uploaded file into text. Editors' files come in UTF-8, in UTF-16 and in windows-1258, and what they
/// declare is often wrong: a file saved anew as UTF-8 keeps its old charset declaration. So bytes come before words.
/// </summary>
public static partial class ArticleText
{
    /// <summary>Where the HTML standard looks for a charset declaration (13.2.3.2, prescan).</summary>
    private const int PrescanLength = 1024;

    static ArticleText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// The text in Unicode NFC, because windows-1258 writes tone marks as letters of their own and search,
    /// fonts and line breaks want whole letters. Never fails: a byte that means nothing becomes U+FFFD.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        VietnameseText.Normalize(DecodeRaw(bytes), NormalizationForm.FormC);

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
            case [(byte)'<', 0, ..]:
                return Encoding.Unicode.GetString(bytes);
            case [0, (byte)'<', ..]:
                return Encoding.BigEndianUnicode.GetString(bytes);
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

    private static Encoding DeclaredEncoding(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, PrescanLength)]);
        var declared = CharsetDeclaration().Match(start) is { Success: true } match
            ? AngleSharp.Text.TextEncoding.Resolve(match.Groups[1].Value)
            : null;

        // Not UTF-8, whatever it says of itself; the usual one-byte encoding of Vietnamese is the best guess left.
        return declared is null or UTF8Encoding ? Encoding.GetEncoding(1258) : declared;
    }

    [GeneratedRegex("""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CharsetDeclaration();
}
