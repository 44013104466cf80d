using PhucThuan.Portal.Articles;

namespace PhucThuan.Tests.Articles;

public sealed class SlugTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("2026")]
    [InlineData("thong-bao-nghi-le-2-9")]
    public void Lower_case_words_with_single_hyphens_are_a_slug(string text) => Assert.True(Slug.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("A")]
    [InlineData("đ")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("a.html")]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    public void Anything_else_is_none(string text) => Assert.False(Slug.IsValid(text));

    [Fact]
    public void The_longest_slug_has_150_characters()
    {
        Assert.True(Slug.IsValid(new string('a', 150)));
        Assert.False(Slug.IsValid(new string('a', 151)));
    }

    [Theory]
    [InlineData("tin-moi.html", "tin-moi")]
    [InlineData("tin-moi.HTML", null)]
    [InlineData("tin-moi.htm", null)]
    [InlineData("thư mục/tin.html", null)]
    [InlineData(".html", null)]
    public void A_blob_is_an_article_when_its_name_is_a_slug(string blob, string? slug) =>
        Assert.Equal(slug, Slug.FromBlobName(blob));
}
