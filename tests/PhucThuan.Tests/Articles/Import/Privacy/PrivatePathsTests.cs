namespace PhucThuan.Tests.Articles.Import.Privacy;

[Fast]
public sealed class PrivatePathsTests
{
    [Theory]
    [InlineData(@"Xem C:\Users\Nguyen Van A\Desktop\mau.docx")]
    [InlineData("Xem <a href='file:///D:/Van%20phong/Nguyen/mau.docx'>file:///D:/Van%20phong/Nguyen/mau.docx</a>")]
    [InlineData(@"Xem <a href='\\MayChu\Nguyen\mau.docx'>\\MayChu\Nguyen\mau.docx</a>")]
    [InlineData("Xem <a title='C:\\Users\\Nguyen\\x' href='C:\\Users\\Nguyen\\mau.docx'>mau.docx</a>")]
    [InlineData("Xem D:/Van phong/Nguyen/mau.docx")]
    [InlineData("(d:/Nguyen/mau.docx)")]
    [InlineData(@"Xem D:\Nguyen\mau.docx và tỉ lệ 1/2")]
    [InlineData("Xem file:///D:/Van phong/Nguyen/mau.docx")]
    [InlineData(@"Xem file:\\MayChu\Nguyen\mau.docx")]
    [InlineData(@"Xem \\MayChu\Van phong\Anh Nguyen\mau.docx")]
    [InlineData("Xem /Users/nguyen/Desktop/mau.docx")]
    [InlineData("Xem /home/nguyen/Tài liệu/mau.docx nhé")]
    [InlineData("“/Users/Nguyen Van A/mau.docx”")]
    [InlineData("mau.docx <img src='media/a.jpg' alt='Ảnh D:\\Nguyen\\a.jpg'>")]
    public void Paths_of_the_editors_computer_are_not_published(string html)
    {
        var article = ParsedFile.Of($"<title>t</title><p>{html}</p>");

        Assert.DoesNotContain("Nguyen", ParsedFile.AllOf(article), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("file:", article.Body, StringComparison.Ordinal);
        Assert.Contains("mau.docx", article.Body, StringComparison.Ordinal);
        Assert.NotEmpty(article.Remarks);
    }

    [Fact]
    public void Paths_in_title_and_summary_are_not_published()
    {
        var article = ParsedFile.Of(
            "<title>C:\\Nguyen\\Họp dân</title><meta name=description content='Theo file:///D:/Nguyen/x.doc'><p>a</p>");

        Assert.Equal(("Họp dân", "Theo x.doc"), (article.Summary.Title, article.Summary.Description));
        ParsedFile.HasRemark(article, "2 đường dẫn");
    }

    [Theory]
    [InlineData("Tỉ lệ 1:2, ổ C: và D:")]
    [InlineData("https://example.vn/c:/a")]
    [InlineData("https://example.vn/home/gioi/thieu")]
    [InlineData("Ổ D: / 3 người, C:// và 1/2, và/hoặc, km/h")]
    [InlineData("Trang /home và /Users")]
    public void Other_text_stays(string text) => Assert.Equal($"<p>{text}</p>", ParsedFile.BodyOf($"<p>{text}</p>"));
}
