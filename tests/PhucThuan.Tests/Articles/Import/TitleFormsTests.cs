namespace PhucThuan.Tests.Articles.Import;

/// <summary>Titles as programs and people set them, and titles of programs that are wrong.</summary>
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
    public void A_first_line_that_is_set_as_a_title_is_the_title(string heading, string title)
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
    public void Another_first_line_is_text(string line)
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
    public void A_title_that_a_program_made_gives_way_to_the_one_that_the_text_shows(string head)
    {
        var article = ParsedFile.Of(head + Text);

        Assert.Equal(("Lễ phát động Tết trồng cây", Text), (article.Summary.Title, article.Body.Trim()));
    }

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
