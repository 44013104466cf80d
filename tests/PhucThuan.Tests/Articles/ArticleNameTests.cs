using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Documents;

namespace PhucThuan.Tests.Articles;

[Fast]
public sealed class ArticleNameTests
{
    [Theory]
    [InlineData("tin-moi.html", "tin-moi")]
    [InlineData("Bài viết mới.html", "bai-viet-moi")]
    [InlineData("Ba\u0300i vie\u0302\u0301t mo\u031B\u0301i.docx", "bai-viet-moi")]
    [InlineData("THONG_BAO.HTM", "thong-bao")]
    [InlineData("Thông báo (1).xhtml", "thong-bao-1")]
    [InlineData("Kế hoạch số 12.5 – Đảng ủy.DOCX", "ke-hoach-so-12-5-dang-uy")]
    [InlineData("Tin tức/2026/Bài viết mới.md", "bai-viet-moi")]
    [InlineData("ghi chú.txt", "ghi-chu")]
    [InlineData("vanban.doc", "vanban")]
    [InlineData("a.docm", "a")]
    public void Every_file_name_yields_a_slug(string blob, string slug) =>
        Assert.Equal(slug, ArticleName.Of(blob)?.Slug);

    [Theory]
    [InlineData(".html")]
    [InlineData("!!!.html")]
    [InlineData("bai")]
    [InlineData("bai.")]
    [InlineData("bai.pdf")]
    [InlineData("bai.odt")]
    [InlineData("bảng.xlsx")]
    [InlineData("bai.mhtml")]
    [InlineData("bai.pages")]
    [InlineData("bai.zip")]
    [InlineData("bai.pptx")]
    [InlineData("ảnh.JPG")]
    [InlineData("bai.xyz")]
    [InlineData("~$bai.docx")]
    [InlineData("._bai.docx")]
    [InlineData(".git/bai.html")]
    [InlineData("__MACOSX/bai.docx")]
    [InlineData("bai_files/header.html")]
    [InlineData("Bai.files/sheet001.htm")]
    [InlineData("Tin tức/Bài viết_files/header.htm")]
    public void A_name_that_cannot_be_an_article_is_rejected_with_a_reason(string blob)
    {
        Assert.Null(ArticleName.Of(blob));
        Assert.NotEmpty(OtherFiles.ReasonAgainst(blob)!);
    }

    [Theory]
    [InlineData("bai.html", null)]
    [InlineData("Tin tức/bai.html", "Tin tức")]
    [InlineData("thong-bao/bai.html", "Thong bao")]
    [InlineData("van_ban_moi/bai.html", "Van ban moi")]
    [InlineData("2026/Tin tức/bai.html", "Tin tức")]
    [InlineData("2026/11/bai.html", null)]
    [InlineData("Tháng 11-2026/bai.html", null)]
    [InlineData("Tin tức/Thể thao/bai.html", "Tin tức")]
    public void A_folder_sets_the_category_unless_it_names_a_date(string blob, string? category) =>
        Assert.Equal(category, ArticleName.Of(blob)!.Category);

    [Theory]
    [InlineData("tin-moi.html", "tin moi")]
    [InlineData("Bài viết mới.html", "Bài viết mới")]
    [InlineData("Bài_viết_mới.docx", "Bài viết mới")]
    [InlineData("Khai giảng 2026-2027.docx", "Khai giảng 2026-2027")]
    public void A_file_without_a_title_is_titled_after_its_name(string blob, string title) =>
        Assert.Equal(title, ArticleName.Of(blob)!.Title);
}
