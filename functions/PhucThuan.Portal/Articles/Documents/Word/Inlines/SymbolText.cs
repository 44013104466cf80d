using System.Text;

namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>
/// Writes characters of symbol fonts as the letters of their code page: an arrow of Wingdings is the letter à.
/// </summary>
internal static class SymbolText
{
    /// <summary>Start of the private-use range of symbol fonts in Word: U+F020 to U+F0FF.</summary>
    private const int PrivateUse = 0xF000;

    private const int LastOfPage = 0xFF;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static bool IsSymbolFont(string font) =>
        font.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase)
        || font.StartsWith("Webdings", StringComparison.OrdinalIgnoreCase)
        || font.Equals("Symbol", StringComparison.OrdinalIgnoreCase);

    /// <summary>The letter that is shown without the font.</summary>
    public static string Write(int code) => code is >= PrivateUse and <= PrivateUse + LastOfPage
        ? Windows1252.GetString([(byte)(code - PrivateUse)])
        : Rune.IsValid(code) ? new Rune(code).ToString() : "";
}
