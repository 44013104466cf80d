using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Reading;

[Fast]
public sealed class ArticleExcerptTests
{
    private const string First = "Sáng ngày hai mươi tháng mười một, nhà trường đã tổ chức lễ kỷ niệm.";

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Fact]
    public void Without_a_summary_lists_show_the_first_meaningful_paragraph()
    {
        var article = Parse(
            $"<table><tr><td><p>{First} Trong bảng.</table><p>Kính gửi: Quý vị</p><p>{First}</p><p>{First} Nữa.</p>");

        Assert.Equal(First, article.Summary.Description);
        Assert.Null(article.Lead);
    }

    [Fact]
    public void A_long_paragraph_is_cut_after_a_word()
    {
        var description = Parse($"<p>{string.Join(", ", Enumerable.Repeat("nghỉ lễ", 40))}</p>").Summary.Description;

        Assert.EndsWith("nghỉ lễ…", description, StringComparison.Ordinal);
        Assert.InRange(description!.Length, 180, 201);
    }

    [Theory]
    [InlineData("<p>Ngắn.</p>", null)]
    [InlineData("", null)]
    public void Without_a_meaningful_paragraph_lists_show_no_summary(string html, string? description) =>
        Assert.Equal(description, Parse(html).Summary.Description);

    [Fact]
    public void A_surrogate_pair_is_never_split()
    {
        var description = Parse($"<p>a{string.Concat(Enumerable.Repeat("😀", 150))}</p>").Summary.Description!;

        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(description)));
    }

    [Theory]
    [InlineData(
        "<img src='media/quoc-huy.png' width=80><img src='media/a.jpg' width=640><img src='media/b.jpg'>",
        "/media/a.jpg")]
    [InlineData(
        "<img src='data:image/png;base64,iVBORw0KGgo='><p><img src='bai_files/image001.jpg'>",
        "/media/bai_files/image001.jpg")]
    [InlineData("<img src='https://example.org/a.jpg'>", null)]
    public void Without_a_picture_lists_show_the_first_one_in_the_text_that_is_no_emblem(string html, string? address)
    {
        var article = Parse(html);

        Assert.Equal(address, article.Summary.Image);
        Assert.Null(article.Cover);
    }

    [Theory]
    [InlineData("<p>Chữ</p>", "Lời tóm tắt của bài", "/media/a.jpg")]
    [InlineData("<p>LỜI TÓM  TẮT của&nbsp;bài</p><img src=media/a.jpg>", null, null)]
    public void A_summary_and_a_picture_from_the_editor_precede_a_text_without_them(
        string html, string? lead, string? cover)
    {
        var article = Parse(
            "<meta name=description content='Lời tóm tắt của bài'><meta name=image content=media/a.jpg>" + html);

        Assert.Equal((lead, cover), (article.Lead, article.Cover));
        Assert.Equal(("Lời tóm tắt của bài", "/media/a.jpg"), (article.Summary.Description, article.Summary.Image));
    }

    private Article Parse(string html) =>
        _parser.Parse("a", Encoding.UTF8.GetBytes("<title>t</title>" + html), default);
}
