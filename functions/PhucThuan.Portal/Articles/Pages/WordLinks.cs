using System.Net;
using System.Text.RegularExpressions;
using PhucThuan.Portal.Articles.Catalogues;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>
/// Leads links to Word files that are articles to their pages. The same link, <c>mau-don.docx</c>, is one to an
/// attachment when the file lies in container <c>media</c>, so only the catalogue can tell.
/// </summary>
internal static partial class WordLinks
{
    /// <param name="articles">Null while the catalogue is not known.</param>
    public static string Lead(string body, PublishedArticles? articles) => articles is null
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
