using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles;

/// <summary>Parses an editor's file.</summary>
internal static class ParsedFile
{
    public static DateTimeOffset Uploaded { get; } = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private static readonly ArticleParser Parser = new(new ArticleSanitizer());

    public static Article Of(string html) => Of(Encoding.UTF8.GetBytes(html));

    public static Article Of(byte[] file) => Parser.Parse("ten-tep", file, Uploaded);

    /// <summary>Adds a title to the file. Returns the parsed body without line feeds.</summary>
    public static string BodyOf(string html) =>
        Of("<meta charset=utf-8><title>Tiêu đề</title>" + html).Body.Replace("\n", "", StringComparison.Ordinal);

    /// <summary>All text of an article that the portal may publish.</summary>
    public static string AllOf(Article article) => string.Join(
        '\n', article.Summary.Title, article.Summary.Author, article.Summary.Description, article.Summary.Category,
        article.Lead, article.Keywords, article.Body);

    public static void HasRemark(Article article, string words) =>
        Assert.Contains(article.Remarks, remark => remark.Contains(words, StringComparison.OrdinalIgnoreCase));
}
