using System.Text;

namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>
/// Letters of fonts whose signs have no place in Unicode by their number: an arrow is the letter à of Wingdings.
/// </summary>
internal static class SymbolText
{
    /// <summary>Where Word puts the signs of symbol fonts: U+F020 to U+F0FF.</summary>
    private const int PrivateUse = 0xF000;

    private const int LastOfPage = 0xFF;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static bool IsSymbolFont(string font) =>
        font.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase)
        || font.StartsWith("Webdings", StringComparison.OrdinalIgnoreCase)
        || font.Equals("Symbol", StringComparison.OrdinalIgnoreCase);

    /// <summary>The letter that a program shows which does not have the font.</summary>
    public static string Write(int code) => code is >= PrivateUse and <= PrivateUse + LastOfPage
        ? Windows1252.GetString([(byte)(code - PrivateUse)])
        : Rune.IsValid(code) ? new Rune(code).ToString() : "";
}
