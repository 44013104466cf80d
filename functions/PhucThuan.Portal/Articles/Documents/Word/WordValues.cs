using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PhucThuan.Portal.Articles.Documents.Word;

/// <summary>Reads attribute values; null for invalid values, for which the library throws.</summary>
internal static class WordValues
{
    /// <summary>Null without the element; true for an element without a value (ISO/IEC 29500-1, 17.17.4).</summary>
    public static bool? IsOn(this OnOffType? element) =>
        element is null ? null : element.Val?.InnerText is not ("0" or "false" or "off");

    public static bool? IsOn(this OnOffOnlyType? element) =>
        element is null ? null : element.Val?.InnerText is not ("0" or "false" or "off");

    public static int? ToNumber(this OpenXmlSimpleType? value) =>
        int.TryParse(value?.InnerText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static long? ToLong(this OpenXmlSimpleType? value) =>
        long.TryParse(value?.InnerText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Null for an empty value.</summary>
    public static string? ToText(this OpenXmlSimpleType? value) =>
        string.IsNullOrWhiteSpace(value?.InnerText) ? null : value.InnerText;
}
