using PhucThuan.Portal.Articles;

namespace PhucThuan.Tests.Articles;

[Fast]
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
    public void Anything_else_is_no_slug(string text) => Assert.False(Slug.IsValid(text));

    [Fact]
    public void The_longest_slug_has_150_characters()
    {
        Assert.True(Slug.IsValid(new string('a', 150)));
        Assert.False(Slug.IsValid(new string('a', 151)));
    }

    [Theory]
    [InlineData("Thông báo", "thong-bao")]
    [InlineData("  Đảng ủy – HĐND & UBND xã ", "dang-uy-hdnd-ubnd-xa")]
    [InlineData("Thu\u0309 tu\u0323c", "thu-tuc")]
    [InlineData("NƯỚC 2026!", "nuoc-2026")]
    [InlineData("?!", null)]
    [InlineData("", null)]
    [InlineData("日本", null)]
    public void Words_make_a_slug(string words, string? slug) => Assert.Equal(slug, Slug.FromText(words));

    [Fact]
    public void A_slug_of_many_words_is_cut_and_still_valid() =>
        Assert.True(Slug.IsValid(Slug.FromText(string.Concat(Enumerable.Repeat("chữ ", 100)))!));
}
