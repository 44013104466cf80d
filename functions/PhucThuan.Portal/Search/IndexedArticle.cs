using System.Text;
using PhucThuan.Portal.Articles;

namespace PhucThuan.Portal.Search;

/// <summary>An article as the index knows it.</summary>
/// <param name="Version">Entity tag of the blob, without quotes.</param>
/// <param name="Text">What is searched beside the title, and what excerpts are cut from.</param>
public sealed record IndexedArticle(string Slug, string Version, DateTimeOffset Published, string Title, string Text)
{
    public static IndexedArticle Of(ArticleVersion version)
    {
        var article = version.Article;
        var summary = article.Summary;
        string?[] texts = [summary.Description, SearchableText.Of(article.Body), summary.Author, summary.Category, article.Keywords];
        return new(
            summary.Slug,
            CatalogueEntry.FormatETag(version.ETag),
            summary.Published,
            Normalize(summary.Title),
            Normalize(string.Join(' ', texts.OfType<string>())));
    }

    // The file was normalised before it was parsed, so what it wrote as entities was not: &ETH; or e&#769;.
    private static string Normalize(string text) => VietnameseText.Normalize(text, NormalizationForm.FormC);
}
