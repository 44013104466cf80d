using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Characters;

/// <summary>
/// TCVN 5712:1993 (TCVN3, "ABC"), the encoding of fonts whose names begin with <c>.Vn</c>, read as windows-1252.
/// </summary>
internal static partial class Tcvn3
{
    private const string Old =
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00ADõøö÷ùúýûüþ¡¢£¤¥¦§Đ";

    private const string Letters =
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐé";

    public static string ToUnicode(string text) => string.Create(text.Length, text, static (letters, source) =>
    {
        for (var index = 0; index < letters.Length; index++)
        {
            letters[index] = Old.IndexOf(source[index], StringComparison.Ordinal) is var at and >= 0
                ? Letters[at]
                : source[index];
        }
    });

    /// <summary>Counts syllables such as <c>Th«ng</c> and <c>b¸o</c>, which do not occur in Unicode text.</summary>
    public static int CountSyllables(string text) => Syllable().Count(text);

    [GeneratedRegex(
        @"\p{L}[«»¬¨©¸¹¶·µ¾¼½\u00AD]|[®§][\p{L}«»¬¨©¸¹¶·µ¾¼½ª\u00AD]|[A-Za-z][¸µ¶·¹]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Syllable();
}
