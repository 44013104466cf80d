using System.Text;
using PhucThuan.Portal.Articles.Characters;

namespace PhucThuan.Tests.Articles.Import.Fonts;

[Fast]
public sealed class LegacyFontsTests
{
    [Theory]
    [InlineData("<p style='font-family:.VnTime'>Mêi bµ con ®Õn häp</p>", "<p>Mời bà con đến họp</p>")]
    [InlineData(
        "<p style='font-family:\".VnArial\",sans-serif'>§éi tuyÓn x· th¾ng trËn</p>", "<p>Đội tuyển xã thắng trận</p>")]
    [InlineData("<style>p.c{font-family:\".VnTime\"}</style><p class=c>kÕ ho¹ch</p>", "<p>kế hoạch</p>")]
    [InlineData("<p><font face='.VnTime'>r­îu vµ n­íc</font></p>", "<p>rượu và nước</p>")]
    [InlineData("<p><font face='.VnTimeH'>kÕ ho¹ch n¨m</font></p>", "<p>KẾ HOẠCH NĂM</p>")]
    [InlineData(
        "<p style='font-family:\"VNI-Times\"'>Ngaøy hoäi ñaïi ñoaøn keát ôû xaõ, nöôùc saïch</p>",
        "<p>Ngày hội đại đoàn kết ở xã, nước sạch</p>")]
    [InlineData(
        "<p><font face=VNI-Helve>KEÁ HOAÏCH, lôùp hoïc, quyeån saùch, luõy tre</font></p>",
        "<p>KẾ HOẠCH, lớp học, quyển sách, lũy tre</p>")]
    public void The_font_name_determines_the_encoding(string html, string body)
    {
        var article = ParsedFile.Of("<title>Tiêu đề</title>" + html);

        Assert.Equal(body, article.Body.Trim());
        ParsedFile.HasRemark(article, "chuyển sang Unicode");
    }

    [Fact]
    public void Without_a_font_name_the_syllables_determine_the_encoding()
    {
        var article = ParsedFile.Of(
            "<title>B¸o c¸o</title><p>Uû ban nh©n d©n x· th«ng b¸o tíi toµn thÓ bµ con lÞch tiªm phßng</p>");

        Assert.Equal("Báo cáo", article.Summary.Title);
        Assert.Contains(
            "Uỷ ban nhân dân xã thông báo tới toàn thể bà con lịch tiêm phòng", article.Body, StringComparison.Ordinal);
        ParsedFile.HasRemark(article, "TCVN3");
    }

    [Theory]
    [InlineData("<p style='font-family:.VnTime'>Mời bà con đến họp</p>", "<p>Mời bà con đến họp</p>")]
    [InlineData(
        "<p>Toàn xã thoát nghèo; giá 5¹, «Thông báo» của xã ® 2026</p>",
        "<p>Toàn xã thoát nghèo; giá 5¹, «Thông báo» của xã ® 2026</p>")]
    public void Unicode_text_is_unchanged(string html, string body) => Assert.Equal(body, ParsedFile.BodyOf(html));

    [Fact]
    public void Bytes_of_legacy_fonts_are_not_decoded_as_windows_1258()
    {
        _ = ArticleText.Decode([]);
        var file = Encoding.Latin1.GetBytes(
            "<html><head><title>x</title></head><body><p><font face=\".VnTime\">Céng hßa x\u00B7 héi, ViÖt Nam, th«ng "
                + "b\u00B8o</font></p></body></html>");

        Assert.Equal("<p>Cộng hòa xã hội, Việt Nam, thông báo</p>", ParsedFile.Of(file).Body);
    }
}
