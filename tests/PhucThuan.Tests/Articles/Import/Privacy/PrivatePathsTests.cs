namespace PhucThuan.Tests.Articles.Import.Privacy;

[Fast]
public sealed class PrivatePathsTests
{
    [Theory]
    [InlineData(@"Xem C:\Users\Nguyen Van A\Desktop\mau.docx")]
    [InlineData("Xem <a href='file:///D:/Van%20phong/Nguyen/mau.docx'>file:///D:/Van%20phong/Nguyen/mau.docx</a>")]
    [InlineData(@"Xem <a href='\\MayChu\Nguyen\mau.docx'>\\MayChu\Nguyen\mau.docx</a>")]
    [InlineData("Xem <a title='C:\\Users\\Nguyen\\x' href='C:\\Users\\Nguyen\\mau.docx'>mau.docx</a>")]
    public void Paths_of_the_editors_computer_are_not_published(string html)
    {
        var article = ParsedFile.Of($"<title>t</title><p>{html}</p>");

        Assert.DoesNotContain("Nguyen", ParsedFile.AllOf(article), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("file:", article.Body, StringComparison.Ordinal);
        Assert.Contains("mau.docx", article.Body, StringComparison.Ordinal);
        Assert.NotEmpty(article.Remarks);
    }

    [Theory]
    [InlineData("Tỉ lệ 1:2, ổ C: và D:")]
    [InlineData("https://example.vn/c:/a")]
    public void Other_text_stays(string text) => Assert.Equal($"<p>{text}</p>", ParsedFile.BodyOf($"<p>{text}</p>"));
}
