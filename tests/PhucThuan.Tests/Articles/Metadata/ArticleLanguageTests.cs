using PhucThuan.Portal.Articles;

namespace PhucThuan.Tests.Articles.Metadata;

[Fast]
public sealed class ArticleLanguageTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("en_US", "en-US")]
    [InlineData("English", "en")]
    [InlineData("Tiếng Anh", "en")]
    [InlineData("vi", null)]
    [InlineData("vi-VN", null)]
    [InlineData("tiếng Việt", null)]
    [InlineData("", null)]
    public void The_language_is_read_as_a_tag_or_a_name(string written, string? language)
    {
        var article = Parse(written);

        Assert.Equal(language, article.Summary.Language);
        Assert.Empty(article.Remarks);
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("en\" onload=\"x")]
    [InlineData("tiếng chim")]
    public void An_unknown_language_is_reported_and_has_no_effect(string written)
    {
        var article = Parse(written);

        Assert.Null(article.Summary.Language);
        Assert.Contains(written, Assert.Single(article.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void The_language_that_a_word_processor_writes_is_ignored() =>
        Assert.Null(ParsedFile.Of(
            "<html lang=EN-US><meta charset=utf-8><title>x</title><body lang=EN-US><p>Chữ.").Summary.Language);

    private static Article Parse(string language) => ParsedFile.Of(
        $"<meta charset=utf-8><title>x</title><meta name=language content='{language}'><p>Chữ.");
}
