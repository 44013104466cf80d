using System.Net;
using System.Text.RegularExpressions;
using PhucThuan.Portal.Articles.Catalogues;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>
/// Replaces links to Word files of articles by links to the articles' pages. Only the catalogue can distinguish them: a
/// link to <c>mau-don.docx</c> may also mean an attachment in container <c>media</c>.
/// </summary>
internal static partial class WordLinks
{
    /// <param name="articles">Null when the catalogue is not available; the body is then unchanged.</param>
    public static string Rewrite(string body, PublishedArticles? articles) => articles is null
        ? body
        : Attachment().Replace(body, link => FindArticle(link.Groups[1].Value, articles) is { } slug
            ? $"href=\"{ArticleSummary.PathOf(slug)}\""
            : link.Value);

    private static string? FindArticle(string path, PublishedArticles articles)
    {
        var file = Uri.UnescapeDataString(WebUtility.HtmlDecode(path));
        return ArticleName.Of(file) is { } name && articles.FindFile(name.Slug) is { } article
            && string.Equals(article.BlobName, file, StringComparison.OrdinalIgnoreCase) ? name.Slug : null;
    }

    [GeneratedRegex(
        "href=\"/media/([^\"?#]+\\.doc[xm]?)(?:#[^\"]*)?\"",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Attachment();
}
