namespace PhucThuan.Tests.Articles.Import.Titles;

/// <summary>
/// Titles of official letters (decree 30/2020): kind and subject are joined, and the letterhead is never the title.
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
    public void Kind_and_subject_form_the_title(string heading, string title)
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
    [InlineData("<p><b>CÔNG AN XÃ PHÚC THUẬN</b></p><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p>")]
    [InlineData("<p><b>HỘI LIÊN HIỆP PHỤ NỮ</b></p><p><b>XÃ PHÚC THUẬN</b></p><p>Số: 03/TB-HPN</p>")]
    [InlineData("<p><b>ĐOÀN TNCS HỒ CHÍ MINH</b></p><p><b>BCH ĐOÀN XÃ</b></p><p>***</p><p>Số 12-TB/ĐTN</p>")]
    [InlineData("<p><b>TRẠM Y TẾ XÃ</b></p><p><b>ĐỘC LẬP - TỰ DO - HẠNH PHÚC</b></p><p>Số: 5/TB</p><p>o0o</p>")]
    [InlineData(
        "<p><b>TRẠM Y TẾ XÃ &nbsp; &nbsp; CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p><b>PHÚC THUẬN &nbsp; "
            + "Độc lập - Tự do - Hạnh phúc</b></p>")]
    [InlineData("<p><b>Cộng hòa xã hội chủ nghĩa Việt Nam</b></p><p><b>Độc lập - Tự do - Hạnh phúc</b></p>")]
    public void A_letterhead_without_a_table_is_not_the_title(string letterhead)
    {
        var article = ParsedFile.Of(
            letterhead + "<p align=center><b>KẾ HOẠCH TỔ CHỨC NGÀY HỘI ĐẠI ĐOÀN KẾT</b></p>" + Text);

        Assert.Equal("KẾ HOẠCH TỔ CHỨC NGÀY HỘI ĐẠI ĐOÀN KẾT", article.Summary.Title);
        Assert.EndsWith(Text, article.Body.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>Thông báo</p><p><i>(V/v cắt điện)</i></p>", "Thông báo (V/v cắt điện)")]
    [InlineData("<p>V/v cắt điện</p><p><b>Kính gửi: Các xóm</b></p>", "V/v cắt điện")]
    public void Kind_and_subject_need_not_be_bold(string heading, string title) => Assert.Equal(
        title, ParsedFile.Of(Letterhead + heading + Text).Summary.Title);

    [Fact]
    public void The_addressees_are_not_the_title() => Assert.False(
        ParsedFile.Of(Letterhead + "<p><b>Kính gửi: Các xóm</b></p>" + Text).HasOwnTitle);

    [Fact]
    public void A_title_in_capitals_above_an_unrelated_number_stays() => Assert.Equal(
        "NGHỊ QUYẾT HỘI ĐỒNG NHÂN DÂN XÃ",
        ParsedFile.Of("<p><b>NGHỊ QUYẾT HỘI ĐỒNG NHÂN DÂN XÃ</b></p><p>Số: 12/NQ-HĐND</p>" + Text).Summary.Title);

    [Fact]
    public void A_letterhead_that_Word_saved_as_title_is_not_the_title() => Assert.Equal(
        "Thông báo về việc cắt điện",
        ParsedFile.Of(
            "<title>ỦY BAN NHÂN DÂN XÃ</title>" + Letterhead + "<p><b>THÔNG BÁO</b></p><p><b>Về việc cắt điện</b></p>"
                + Text)
            .Summary.Title);
}
