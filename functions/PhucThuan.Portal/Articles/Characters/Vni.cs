using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Characters;

/// <summary>
/// VNI-Windows, the encoding of fonts whose names begin with <c>VNI-</c>: a vowel and its mark are two characters.
/// </summary>
internal static partial class Vni
{
    private static readonly FrozenDictionary<string, string> Letters = Pairs().ToFrozenDictionary();

    public static string ToUnicode(string text) =>
        Letter().Replace(text, match => Letters.GetValueOrDefault(match.Value) ?? match.Value);

    /// <summary>Counts pairs such as <c>oâ</c> and <c>aù</c>, which do not occur in Unicode text.</summary>
    public static int CountSyllables(string text) => Syllable().Count(text);

    private static IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        (string Vowel, string Marks, string Result)[] rows =
        [
            ("a", "ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
            ("e", "ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
            ("o", "ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
            ("u", "ùøûõï", "úùủũụ"),
            ("y", "ùøûõ", "ýỳỷỹ"),
            ("ô", "ùøûõï", "ớờởỡợ"),
            ("ö", "ùøûõï", "ứừửữự"),
        ];
        foreach (var (vowel, marks, result) in rows)
        {
            foreach (var (mark, letter) in marks.Zip(result))
            {
                yield return new(vowel + mark, letter.ToString());
                yield return new(vowel.ToUpperInvariant() + mark, char.ToUpperInvariant(letter).ToString());
                yield return new(
                    vowel.ToUpperInvariant() + char.ToUpperInvariant(mark), char.ToUpperInvariant(letter).ToString());
            }
        }

        foreach (var (mark, letter) in "ôöæóòîñ".Zip("ơưỉĩịỵđ"))
        {
            yield return new(mark.ToString(), letter.ToString());
            yield return new(char.ToUpperInvariant(mark).ToString(), char.ToUpperInvariant(letter).ToString());
        }
    }

    [GeneratedRegex(
        "[aA][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[eoEO][ùøûõïâáàåãäÙØÛÕÏÂÁÀÅÃÄ]|[uyôöUYÔÖ][ùøûõïÙØÛÕÏ]|"
            + "[ôöæóòîñÔÖÆÓÒÎÑ]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Letter();

    [GeneratedRegex(
        "[ae][âáàåãäÂÁÀÅÃÄ]|[oO][âåäÂÅÄ]|[aeiouyôöAEIOUYÔÖ][øûïØÛÏ]|[aeôöAEÔÖ][ùõÙÕ]|[AE][ÂÁÀÅÃÄ]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Syllable();
}
