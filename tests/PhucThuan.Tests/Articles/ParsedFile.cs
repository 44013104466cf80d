using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles;

/// <summary>An editor's file as the parser reads it.</summary>
internal static class ParsedFile
{
    public static DateTimeOffset Uploaded { get; } = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private static readonly ArticleParser Parser = new(new ArticleSanitizer());

    public static Article Of(string html) => Of(Encoding.UTF8.GetBytes(html));

    public static Article Of(byte[] file) => Parser.Parse("ten-tep", file, Uploaded);

    /// <summary>The body of a file that has a title, without line feeds between elements.</summary>
    public static string BodyOf(string html) =>
        Of("<meta charset=utf-8><title>Tiêu đề</title>" + html).Body.Replace("\n", "", StringComparison.Ordinal);

    /// <summary>Everything that a reader, a list, a feed or the search gets.</summary>
    public static string AllOf(Article article) => string.Join(
        '\n', article.Summary.Title, article.Summary.Author, article.Summary.Description, article.Summary.Category,
        article.Lead, article.Keywords, article.Body);

    public static void HasRemark(Article article, string words) =>
        Assert.Contains(article.Remarks, remark => remark.Contains(words, StringComparison.OrdinalIgnoreCase));
}
