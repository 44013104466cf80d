using System.Text;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Portal.Search;

/// <summary>An article in the search index.</summary>
/// <param name="Version">Entity tag of the blob, without quotes.</param>
/// <param name="Text">Source of excerpts: the editor's summary, if shown above the text, and the text.</param>
/// <param name="Labels">
/// Author, category, keywords, number and issuer of an official document; searchable, but not part of excerpts.
/// </param>
public sealed record IndexedArticle(
    string Slug, string Version, DateTimeOffset Published, string Title, string Text, string Labels)
{
    /// <summary>Slug of the category; null without one.</summary>
    public string? Category { get; init; }

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
            Join(
                summary.Author, summary.Category, article.Keywords, article.Official?.Number, article.Official?.Issuer))
        {
            Category = summary.CategorySlug,
        };
    }

    private static string Join(params IEnumerable<string?> texts) =>
        Normalize(string.Join(' ', texts.OfType<string>()));

    // Normalised again, because character references such as &ETH; and e&#769; are decoded after the file is
    // normalised.
    private static string Normalize(string text) => VietnameseText.Normalize(text, NormalizationForm.FormC);
}
