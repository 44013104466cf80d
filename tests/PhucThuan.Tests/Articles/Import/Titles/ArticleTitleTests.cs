using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Import.Titles;

[Fast]
public sealed class ArticleTitleTests
{
    private const string Letterhead =
        "<table border=0><tr><td><p><b>ỦY BAN NHÂN DÂN</b></p><td><p><b>Độc lập</b></p></table>";

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("<h1>Họp dân</h1><p>a</p>", "Họp dân", "<p>a</p>")]
    [InlineData(
        "<p align=center><font><b>BÁO CÁO <br>QUÝ III</b></font></p><h1>I. Kết quả</h1>", "BÁO CÁO QUÝ III",
        "<h2>I. Kết quả</h2>")]
    [InlineData("<p class=MsoNormal><span style='font-weight:bold'>Họp dân</span></p><p>a</p>", "Họp dân", "<p>a</p>")]
    [InlineData("<p>Mở đầu</p><h1>1. Mục đích</h1><p>a</p>", "ten tep", "<p>Mở đầu</p><h2>1. Mục đích</h2><p>a</p>")]
    [InlineData("<p><b>Kính gửi:</b> bà con</p>", "ten tep", "<p><b>Kính gửi:</b> bà con</p>")]
    [InlineData("<p>a</p><p class=title>Họp dân</p>", "Họp dân", "<p>a</p>")]
    [InlineData(
        "<title>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</title><p class=MsoTitle>Thông báo<sup>1</sup></p>a", "Thông báo",
        "<p>a</p>")]
    [InlineData("<title>Document1</title><h1>Họp dân</h1>", "Họp dân", "")]
    [InlineData("<title>Họp dân</title><h1>Nội dung</h1>", "Họp dân", "<h2>Nội dung</h2>")]
    [InlineData("<title>Họp dân</title><p><b>HỌP  DÂN</b></p>a", "Họp dân", "<p>a</p>")]
    public void The_title_comes_from_metadata_styles_or_the_first_line(string html, string title, string body)
    {
        var article = Parse(html);

        Assert.Equal((title, body), (article.Summary.Title, article.Body));
    }

    [Fact]
    public void The_letterhead_of_an_official_letter_is_not_its_title()
    {
        var article = Parse(Letterhead + "<p><b>Thông báo</b></p><p>a</p>");

        Assert.Equal("Thông báo", article.Summary.Title);
        Assert.Contains("ỦY BAN NHÂN DÂN", article.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a<article>bài viết</article>c", "bài viết")]
    [InlineData("a<article><p>b</p></article><article><p>c</p></article>d", "<p>a</p><p>b</p><p>c</p><p>d</p>")]
    public void The_text_is_the_only_article_element_or_the_whole_body(string html, string body) =>
        Assert.Equal(body, Parse("<title>t</title>" + html).Body);

    private Article Parse(string html) => _parser.Parse("ten-tep", Encoding.UTF8.GetBytes(html), default);
}
