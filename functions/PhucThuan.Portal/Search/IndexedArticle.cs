using System.Text;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Portal.Search;

/// <summary>An article as the index knows it.</summary>
/// <param name="Version">Entity tag of the blob, without quotes.</param>
/// <param name="Text">The editor's summary, when it stands above the text, and the text: what excerpts are cut from.</param>
/// <param name="Labels">Author, category and keywords: searched, but no part of an excerpt.</param>
public sealed record IndexedArticle(
    string Slug, string Version, DateTimeOffset Published, string Title, string Text, string Labels)
{
    public static IndexedArticle Of(ArticleVersion version)
    {
        var article = version.Article;
        var summary = article.Summary;
        return new(
            summary.Slug,
            CatalogueEntry.FormatETag(version.ETag),
            summary.Published,
            Normalize(summary.Title),
            Join(article.Lead, SearchableText.Of(article.Body)),
            Join(summary.Author, summary.Category, article.Keywords));
    }

    private static string Join(params IEnumerable<string?> texts) => Normalize(string.Join(' ', texts.OfType<string>()));

    // The file was normalised before it was parsed, so what it wrote as entities was not: &ETH; or e&#769;.
    private static string Normalize(string text) => VietnameseText.Normalize(text, NormalizationForm.FormC);
}
