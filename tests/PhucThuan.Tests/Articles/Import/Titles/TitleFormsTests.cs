namespace PhucThuan.Tests.Articles.Import.Titles;

/// <summary>Titles in the formats that people and programs use, and wrong titles that programs generate.</summary>
[Fast]
public sealed class TitleFormsTests
{
    private const string Text = "<p>Sáng nay, bà con các xóm đã ra quân dọn vệ sinh đường làng ngõ xóm.</p>";

    [Theory]
    [InlineData("<p align=center>XÃ RA QUÂN DỌN VỆ SINH</p>", "XÃ RA QUÂN DỌN VỆ SINH")]
    [InlineData("<div style='text-align:center'>XÃ RA QUÂN<br>DỌN VỆ SINH</div>", "XÃ RA QUÂN DỌN VỆ SINH")]
    [InlineData("<center><b>XÃ RA QUÂN DỌN VỆ SINH</b></center>", "XÃ RA QUÂN DỌN VỆ SINH")]
    [InlineData("<p>TRƯỜNG TIỂU HỌC KHAI GIẢNG NĂM HỌC MỚI</p>", "TRƯỜNG TIỂU HỌC KHAI GIẢNG NĂM HỌC MỚI")]
    [InlineData("<p><b>PHÒNG CHÁY CHỮA CHÁY MÙA KHÔ</b></p>", "PHÒNG CHÁY CHỮA CHÁY MÙA KHÔ")]
    [InlineData("<h1>UBND xã họp phiên thường kỳ</h1>", "UBND xã họp phiên thường kỳ")]
    [InlineData("<div><b>Xã ra quân dọn vệ sinh</b></div>", "Xã ra quân dọn vệ sinh")]
    [InlineData(
        "<div><span style='font-weight:700'>Xã ra quân </span><strong>dọn vệ sinh</strong></div>",
        "Xã ra quân dọn vệ sinh")]
    [InlineData("<h3>Xã ra quân dọn vệ sinh</h3>", "Xã ra quân dọn vệ sinh")]
    [InlineData("<h5><font>Xã ra quân dọn vệ sinh</font></h5>", "Xã ra quân dọn vệ sinh")]
    [InlineData("<p><font size=5>Xã ra quân dọn vệ sinh</font></p>", "Xã ra quân dọn vệ sinh")]
    [InlineData("<p><span style='font-size:16pt'>Xã ra quân dọn vệ sinh</span></p>", "Xã ra quân dọn vệ sinh")]
    [InlineData("<p><big>Xã ra quân dọn vệ sinh</big></p>", "Xã ra quân dọn vệ sinh")]
    [InlineData("<style>.t{font-size:24px}</style><p class=t>Xã ra quân dọn vệ sinh</p>", "Xã ra quân dọn vệ sinh")]
    [InlineData(
        "<style>p.p1{font:bold 18.0px Helvetica}</style><p class=p1>Xã ra quân dọn vệ sinh</p><p class=p2><br></p>",
        "Xã ra quân dọn vệ sinh")]
    [InlineData("<div role=heading aria-level=1>Xã ra quân dọn vệ sinh</div>", "Xã ra quân dọn vệ sinh")]
    [InlineData("<p style='font-size:x-large'>Xã ra quân dọn vệ sinh</p>", "Xã ra quân dọn vệ sinh")]
    [InlineData("<div><span style='font-size:xx-large'>Xã ra quân dọn vệ sinh</span></div>", "Xã ra quân dọn vệ sinh")]
    [InlineData("<p><font style='font-size: large'>Xã ra quân dọn vệ sinh</font></p>", "Xã ra quân dọn vệ sinh")]
    public void A_first_line_formatted_as_a_title_is_the_title(string heading, string title)
    {
        var article = ParsedFile.Of(heading + Text);

        Assert.Equal((title, Text), (article.Summary.Title, article.Body.Trim()));
    }

    [Theory]
    [InlineData("<p>Kính gửi bà con</p>")]
    [InlineData("<p>UBND</p>")]
    [InlineData("<p>THÀNH PHẦN THAM GIA:</p>")]
    [InlineData("<p>Sáng nay <b>bà con</b> ra quân</p>")]
    [InlineData("<p><span style='font-size:14pt'>Sáng nay bà con ra quân</span></p>")]
    public void Any_other_first_line_is_text(string line)
    {
        var article = ParsedFile.Of(line + Text);

        Assert.Equal("ten tep", article.Summary.Title);
        Assert.Equal(2, article.Body.Split("<p>").Length - 1);
    }

    [Theory]
    [InlineData("<title>BÁO CÁO THÁNG 3 NĂM 2019</title><p class=MsoTitle>Lễ phát động Tết trồng cây</p>")]
    [InlineData("<title xml:lang='en-US'>- no title specified</title><p class='Title'>Lễ phát động Tết trồng cây</p>")]
    [InlineData("<title>Document 3</title><p><b>Lễ phát động Tết trồng cây</b></p>")]
    [InlineData("<title>Tài liệu không có tiêu đề</title><h1>Lễ phát động Tết trồng cây</h1>")]
    [InlineData("<title>Microsoft Word - bai 3.docx</title><h2>Lễ phát động Tết trồng cây</h2>")]
    [InlineData("<title>le-phat-dong.docx</title><p align=center><strong>Lễ phát động Tết trồng cây</strong></p>")]
    [InlineData("<title> </title><div><b>Lễ phát động Tết trồng cây</b></div>")]
    [InlineData("<title>Book1</title><center><font size=6>Lễ phát động Tết trồng cây</font></center>")]
    [InlineData("<title>Trang tính1</title><h2>Lễ phát động Tết trồng cây</h2>")]
    [InlineData("<title>Presentation1</title><h2>Lễ phát động Tết trồng cây</h2>")]
    [InlineData("<title>PowerPoint Presentation</title><h2>Lễ phát động Tết trồng cây</h2>")]
    [InlineData("<title>Bản trình bày 2</title><h2>Lễ phát động Tết trồng cây</h2>")]
    [InlineData("<title>New Microsoft Word Document</title><h2>Lễ phát động Tết trồng cây</h2>")]
    [InlineData("<title>Tài liệu1</title><h2>Lễ phát động Tết trồng cây</h2>")]
    [InlineData("<title>Sheet1</title><h2>Lễ phát động Tết trồng cây</h2>")]
    public void A_title_in_the_text_replaces_a_generated_title(string head)
    {
        var article = ParsedFile.Of(head + Text);

        Assert.Equal(("Lễ phát động Tết trồng cây", Text), (article.Summary.Title, article.Body.Trim()));
    }

    [Theory]
    [InlineData("<p align=center><b>TẬP HUẤN KỸ THUẬT</b></p><p align=center><b>TRỒNG CHÈ AN TOÀN</b></p>")]
    [InlineData("<p>TẬP HUẤN KỸ THUẬT</p><p>TRỒNG CHÈ</p><p>AN TOÀN</p>")]
    [InlineData("<p><b>Tập huấn kỹ thuật</b></p><p><b>trồng chè an toàn</b></p>")]
    [InlineData("<h1>Tập huấn kỹ thuật</h1><h1>trồng chè an toàn</h1>")]
    [InlineData("<div><font size=5>Tập huấn kỹ thuật</font></div><div><font size=5>trồng chè an toàn</font></div>")]
    [InlineData("<h2>TẬP HUẤN KỸ THUẬT</h2><h2>TRỒNG CHÈ AN TOÀN</h2>")]
    [InlineData("<table><tr><td><b>TẬP HUẤN KỸ THUẬT</b></td></tr><tr><td><b>TRỒNG CHÈ AN TOÀN</b></td></tr></table>")]
    public void A_title_on_two_lines_is_one_title(string heading)
    {
        var article = ParsedFile.Of(heading + Text);

        Assert.Equal(
            ("tập huấn kỹ thuật trồng chè an toàn", Text),
            (article.Summary.Title.ToLowerInvariant(), article.Body.Trim()));
    }

    [Theory]
    [InlineData("<p><b>XÃ RA QUÂN DỌN VỆ SINH</b></p>", "<p><b>I. MỞ ĐẦU BUỔI SÁNG</b></p>")]
    [InlineData("<p><b>XÃ RA QUÂN DỌN VỆ SINH</b></p>", "<p><b>PHẦN MỘT: CHUẨN BỊ</b></p>")]
    [InlineData("<p><b>XÃ RA QUÂN DỌN VỆ SINH</b></p>", "<p>Kính gửi: bà con</p>")]
    [InlineData("<h1>Xã ra quân dọn vệ sinh</h1>", "<h1>Các xóm ở xa</h1>")]
    [InlineData("<h1>Xã ra quân dọn vệ sinh</h1>", "<h2>các xóm ở xa</h2>")]
    [InlineData("<p><b>Xã ra quân dọn vệ sinh</b></p>", "<p><b>Các xóm ở xa</b></p>")]
    [InlineData("<p><b>Xã ra quân dọn vệ sinh.</b></p>", "<p><b>các xóm ở xa</b></p>")]
    [InlineData("<p><b>XÃ RA QUÂN DỌN VỆ SINH</b></p>", "<p>các xóm ở xa</p>")]
    public void A_line_below_the_title_that_does_not_continue_it_is_text(string heading, string line)
    {
        var article = ParsedFile.Of(heading + line + Text);

        Assert.Equal("xã ra quân dọn vệ sinh", article.Summary.Title.ToLowerInvariant().TrimEnd('.'));
        Assert.Equal(2, article.Body.Split("</p>").Length - 1 + article.Body.Split("</h2>").Length - 1);
    }

    [Theory]
    [InlineData("<p>T H Ô N G B Á O</p>", "THÔNG BÁO")]
    [InlineData("<p><b>T H Ô N G &nbsp; B Á O</b></p>", "THÔNG BÁO")]
    [InlineData("<p align=center>K&nbsp;Ế&nbsp;&nbsp;&nbsp;H&nbsp;O&nbsp;Ạ&nbsp;C&nbsp;H</p>", "KẾ HOẠCH")]
    [InlineData("<h1>L Ị C H   T I Ê M   C H Ủ N G</h1>", "LỊCH TIÊM CHỦNG")]
    [InlineData("<p><b>G I Ấ Y  M Ờ I</b></p><p>V/v họp xóm</p>", "Giấy mời về việc họp xóm")]
    [InlineData("<p>Q U Y Ế T Đ Ị N H</p><p><b>Về việc lập tổ công tác</b></p>", "Quyết định về việc lập tổ công tác")]
    [InlineData("<title>T H Ô N G  B Á O</title><p><b>THÔNG BÁO</b></p>", "THÔNG BÁO")]
    public void Letter_spaced_titles_are_read_as_words(string heading, string title)
    {
        var article = ParsedFile.Of(heading + Text);

        Assert.Equal((title, Text), (article.Summary.Title, article.Body.Trim()));
    }

    [Theory]
    [InlineData("<table width=100%><tr><td><p align=center><b>TẬP HUẤN TRỒNG CHÈ</b></p></td></tr></table>")]
    [InlineData("<table><tr><td><h1>Tập huấn trồng chè</h1></td></tr></table>")]
    [InlineData("<table><tbody><tr><td align=center colspan=3><b>Tập huấn trồng chè</b></td></tr></tbody></table>")]
    [InlineData("<table><tr><td><table><tr><td><font size=6>Tập huấn trồng chè</font></table></table>")]
    [InlineData("<div><table border=0><tr><th>Tập huấn trồng chè</th></tr></table></div>")]
    public void A_title_in_a_layout_table_is_the_title(string heading)
    {
        var article = ParsedFile.Of(heading + Text);

        Assert.Equal(
            ("tập huấn trồng chè", Text), (article.Summary.Title.ToLowerInvariant(), article.Body.Trim()));
    }

    [Fact]
    public void The_rest_of_a_layout_table_stays()
    {
        var article = ParsedFile.Of(
            "<table><tr><td>UBND XÃ</td><td>Độc lập - Tự do - Hạnh phúc</td></tr><tr><td colspan=2>"
                + $"<p><b>THÔNG BÁO</b></p><p><b>Về việc tiêm phòng</b></p></td></tr>"
                + $"<tr><td colspan=2>{Text}</td></tr></table>");

        Assert.Equal("Thông báo về việc tiêm phòng", article.Summary.Title);
        Assert.Contains("Độc lập", article.Body, StringComparison.Ordinal);
        Assert.Contains("dọn vệ sinh", article.Body, StringComparison.Ordinal);
        Assert.Equal(2, article.Body.Split("<tr>").Length - 1);
    }

    [Theory]
    [InlineData("<table><tr><td><b>STT</b><td><b>HỌ VÀ TÊN</b></tr><tr><td>1</td><td>Lê Hoa</td></tr></table>")]
    [InlineData("<table><tr><td>Sáng thứ hai</td></tr><tr><td>Chiều thứ ba</td></tr></table>")]
    public void A_data_table_contains_no_title(string table) =>
        Assert.Equal("ten tep", ParsedFile.Of(table + Text).Summary.Title);

    [Theory]
    [InlineData("Ra mắt mô hình “Dân vận khéo”", "<p align=center>RA MẮT MÔ HÌNH \"DÂN VẬN KHÉO\"</p>")]
    [InlineData("Ra mắt mô hình Dân vận khéo", "<p>Ra mắt mô hình Dân vận khéo.</p>")]
    [InlineData("Ra mắt mô hình Dân vận khéo", "<p><b>Ra mắt mô hình</b></p><p><b>Dân vận khéo</b></p>")]
    [InlineData("Ra mắt mô hình Dân vận khéo", "<p>Ra  mắt&nbsp;mô hình<br>Dân vận khéo</p>")]
    [InlineData("Ra mắt mô hình – Dân vận khéo", "<div><i>Ra mắt mô hình - Dân vận khéo!</i></div>")]
    [InlineData("RA MẮT MÔ HÌNH DÂN VẬN KHÉO", "<h2>Ra mắt mô hình Dân vận khéo</h2>")]
    public void A_title_that_the_text_repeats_is_shown_once(string title, string line)
    {
        var article = ParsedFile.Of($"<title>{title}</title>{line}{Text}");

        Assert.Equal((title, Text), (article.Summary.Title, article.Body.Trim()));
    }
}
