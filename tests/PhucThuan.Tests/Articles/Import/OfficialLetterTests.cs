namespace PhucThuan.Tests.Articles.Import;

/// <summary>
/// Titles of official letters (decree 30/2020): never the letterhead, and the kind joined with the subject.
/// </summary>
[Fast]
public sealed class OfficialLetterTests
{
    private const string Letterhead =
        "<table border=0><tr><td><p align=center><b>ỦY BAN NHÂN DÂN<br>XÃ PHÚC THUẬN</b></p><p>Số: 12/TB-UBND</p></td>"
        + "<td><p align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></p></td></tr>"
        + "</table>";

    private const string Text = "<p>Ủy ban nhân dân xã thông báo để bà con được biết và thực hiện.</p>";

    [Theory]
    [InlineData(
        "<p><b>THÔNG BÁO</b></p><p><b>Về việc nghỉ lễ Quốc khánh</b></p>", "Thông báo về việc nghỉ lễ Quốc khánh")]
    [InlineData("<p><b>THÔNG BÁO</b></p><p>V/v nghỉ lễ Quốc khánh</p>", "Thông báo về việc nghỉ lễ Quốc khánh")]
    [InlineData(
        "<p align=center><strong>THÔNG BÁO<br>Về việc nghỉ lễ Quốc khánh</strong></p>",
        "Thông báo về việc nghỉ lễ Quốc khánh")]
    [InlineData(
        "<h1>QUYẾT ĐỊNH</h1><p><b><i>Về việc thành lập tổ công tác</i></b></p>",
        "Quyết định về việc thành lập tổ công tác")]
    [InlineData(
        "<p><b>GIẤY MỜI</b></p><p><b>Về việc dự họp tổng kết</b></p><p><b>năm 2026</b></p>",
        "Giấy mời về việc dự họp tổng kết năm 2026")]
    [InlineData("<p><b>KẾ HOẠCH</b></p><p><b>Tổ chức ngày hội đọc sách</b></p>", "KẾ HOẠCH Tổ chức ngày hội đọc sách")]
    [InlineData(
        "<div><b>BÁO CÁO:</b></div><div><b>Về việc thu ngân sách quý III</b></div>",
        "Báo cáo về việc thu ngân sách quý III")]
    [InlineData(
        "<p style='font-weight:bold'>TỜ TRÌNH</p><p style='font-weight:bold'>(Về việc sửa đường)</p>",
        "TỜ TRÌNH (Về việc sửa đường)")]
    public void The_kind_and_the_subject_are_the_title(string heading, string title)
    {
        var article = ParsedFile.Of(Letterhead + heading + Text);

        Assert.Equal(title, article.Summary.Title);
        Assert.Contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", article.Body, StringComparison.Ordinal);
        Assert.EndsWith(Text, article.Body.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("Về việc", article.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "<p align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p align=center><b>Độc lập - Tự do - Hạnh "
            + "phúc</b></p>")]
    [InlineData(
        "<p><b>CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập – Tự do – Hạnh phúc</b></p><p>_______________</p>")]
    [InlineData(
        "<p><b>UBND XÃ PHÚC THUẬN</b></p><p>Số: 05/KH-UBND</p><p><i>Phúc Thuận, ngày 20 tháng 11 năm 2026</i></p>")]
    [InlineData("<p><b>ĐẢNG CỘNG SẢN VIỆT NAM</b></p><p><b>ĐẢNG ỦY XÃ PHÚC THUẬN</b></p><p>*</p>")]
    [InlineData("<h1>ỦY BAN NHÂN DÂN XÃ PHÚC THUẬN</h1><h2>Độc lập - Tự do - Hạnh phúc</h2>")]
    [InlineData("<p><b>TRƯỜNG TIỂU HỌC PHÚC THUẬN</b></p><p>-----***-----</p>")]
    public void A_letterhead_without_a_table_is_not_the_title(string letterhead)
    {
        var article = ParsedFile.Of(
            letterhead + "<p align=center><b>KẾ HOẠCH TỔ CHỨC NGÀY HỘI ĐẠI ĐOÀN KẾT</b></p>" + Text);

        Assert.Equal("KẾ HOẠCH TỔ CHỨC NGÀY HỘI ĐẠI ĐOÀN KẾT", article.Summary.Title);
        Assert.EndsWith(Text, article.Body.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_letterhead_that_Word_took_for_the_title_is_not_the_title() => Assert.Equal(
        "Thông báo về việc cắt điện",
        ParsedFile.Of(
            "<title>ỦY BAN NHÂN DÂN XÃ</title>" + Letterhead + "<p><b>THÔNG BÁO</b></p><p><b>Về việc cắt điện</b></p>"
                + Text)
            .Summary.Title);
}
