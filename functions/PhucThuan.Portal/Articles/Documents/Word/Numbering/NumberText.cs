using System.Globalization;

namespace PhucThuan.Portal.Articles.Documents.Word.Numbering;

/// <summary>
/// Formats numbers (ISO/IEC 29500-1, 17.18.59). Unsupported formats are written in digits.
/// </summary>
internal static class NumberText
{
    private const int Letters = 26;

    private static readonly (int Value, string Sign)[] Roman =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];

    private static readonly string[] Vietnamese = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám",
        "chín", "mười"];

    public static string Write(int number, string format) => format switch
    {
        "upperRoman" => ToRoman(number),
        "lowerRoman" => ToRoman(number).ToLowerInvariant(),
        "upperLetter" => ToLetters(number),
        "lowerLetter" => ToLetters(number).ToLowerInvariant(),
        "decimalZero" => number.ToString("00", CultureInfo.InvariantCulture),
        "vietnameseCounting" when number < Vietnamese.Length => Vietnamese[number],
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static string ToRoman(int number)
    {
        const int Largest = 4999;
        if (number is < 1 or > Largest)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var text = "";
        foreach (var (value, sign) in Roman)
        {
            for (; number >= value; number -= value)
            {
                text += sign;
            }
        }

        return text;
    }

    /// <summary>A to Z, then AA, BB and so on, as in Word.</summary>
    private static string ToLetters(int number)
    {
        const int Most = 20;
        var repeats = Math.Min(((number - 1) / Letters) + 1, Most);
        return number < 1
            ? number.ToString(CultureInfo.InvariantCulture)
            : new string((char)('A' + ((number - 1) % Letters)), repeats);
    }
}
