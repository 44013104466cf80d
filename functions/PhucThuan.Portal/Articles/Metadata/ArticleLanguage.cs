using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// The language from an article's metadata. The attribute <c>lang</c> is ignored, because word processors write
/// <c>EN-US</c> for Vietnamese text.
/// </summary>
internal static partial class ArticleLanguage
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["vietnamese"] = "vi",
        ["tieng viet"] = "vi",
        ["viet"] = "vi",
        ["english"] = "en",
        ["tieng anh"] = "en",
        ["anh"] = "en",
        ["french"] = "fr",
        ["tieng phap"] = "fr",
        ["phap"] = "fr",
        ["chinese"] = "zh",
        ["tieng trung"] = "zh",
        ["tieng hoa"] = "zh",
        ["tieng tay"] = "tyz",
        ["tieng hmong"] = "hmn",
        ["tieng mong"] = "hmn",
    };

    /// <summary>Language (BCP 47; null for Vietnamese), and the editor's value if it is invalid.</summary>
    public static (string? Language, string? Unread) Of(IDocument document)
    {
        if (MetadataNames.ValueOf(document, "language") is not { } text)
        {
            return (null, null);
        }

        var tag = Names.GetValueOrDefault(VietnameseText.Fold(text), text.Replace('_', '-'));
        return !Tag().IsMatch(tag) || !IsKnown(tag) ? (null, text)
            : tag.Split('-')[0].Equals("vi", StringComparison.OrdinalIgnoreCase) ? (null, null)
            : (tag, null);
    }

    private static bool IsKnown(string tag) => CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .Any(culture => culture.Name.Equals(tag.Split('-')[0], StringComparison.OrdinalIgnoreCase))
        || Names.ContainsValue(tag);

    [GeneratedRegex(@"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
