using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>Classifies the text of a table cell: number, blank, or a time that must not wrap.</summary>
internal static partial class CellText
{
    private const string NoBreakSpace = "\u00A0";

    /// <summary>
    /// True for <c>1.420.000</c>, <c>3,5%</c>, <c>-2</c> or <c>12 ha</c>; false for telephone numbers, which start with
    /// zero and need no alignment.
    /// </summary>
    public static bool IsNumber(string text) => Number().IsMatch(text);

    /// <summary>True for an empty text or a dash.</summary>
    public static bool IsBlank(string text) => text.All(letter => letter is '-' or '–' or '—' or ' ');

    /// <summary>Prevents line breaks in <c>7 giờ 30 –</c>, <c>08/10/2026 07:30</c> and <c>8 tháng 10</c>.</summary>
    public static void KeepTimesTogether(IElement table)
    {
        foreach (var text in table.Descendants<IText>().Where(text => text.Data.Any(char.IsAsciiDigit)).ToList())
        {
            text.Data = SpaceInTime().Replace(text.Data, NoBreakSpace);
        }
    }

    [GeneratedRegex(
        @"^[+\-−]?(?:(?!0\d)\d+(?:[.,]\d+)?|\d{1,3}(?:[., ]\d{3})+(?:,\d+)?)"
            + @"(?:\s?(?:%|‰|°C|đ|₫|đồng|VND|VNĐ|m²|m2|km²|ha|km|m|kg|tạ|tấn|triệu|tỷ|người|hộ|lượt))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        """
        (?<=\d) \s (?=(?:giờ|phút|tháng)\b)                  # 7_giờ, 8_tháng
        | (?<=\b(?:giờ|tháng|năm)) \s (?=\d)                 # giờ_30, tháng_10
        | (?<=\d[/.-]\d{2,4},?) \s (?=\d{1,2}(?::|h|\sgiờ))  # 08/10/2026_07:30
        | (?<=(?:\d|giờ|phút|h)) \s (?=[–—-]\s\d)            # 30_– 10
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SpaceInTime();
}
