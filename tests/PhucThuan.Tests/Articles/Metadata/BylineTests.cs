namespace PhucThuan.Tests.Articles.Metadata;

/// <summary>Authors that the text names.</summary>
[Fast]
public sealed class BylineTests
{
    private const string Text = "<p>Sáng nay, bà con các xóm ra quân dọn vệ sinh đường làng.</p>";

    [Theory]
    [InlineData("<p>Tác giả: Lê Thị Hoa</p>", "Lê Thị Hoa")]
    [InlineData("<p align=right><b>Bài và ảnh: Ban Biên tập</b></p>", "Ban Biên tập")]
    [InlineData("<p><i>(Tin, ảnh: Trạm truyền thanh xã)</i></p>", "Trạm truyền thanh xã")]
    [InlineData("<p>NGƯỜI VIẾT: Đoàn Thanh niên.</p>", "Đoàn Thanh niên")]
    [InlineData("<div>Tin bài:&nbsp;Hội Phụ nữ</div>", "Hội Phụ nữ")]
    public void A_byline_is_shown_once_as_the_author(string line, string author)
    {
        foreach (var html in new[] { Text + line, line + Text })
        {
            var article = ParsedFile.Of("<title>Ra quân</title>" + html);

            Assert.Equal((author, Text), (article.Summary.Author, article.Body.Trim()));
        }
    }

    [Theory]
    [InlineData("<p>Người đăng: Lê Thị Hoa</p>", "Lê Thị Hoa")]
    [InlineData("<p><b>NGƯỜI ĐĂNG TIN:</b> Trần Văn Bình.</p>", "Trần Văn Bình")]
    [InlineData("<p align=right>Thực hiện: Lê Hoa</p>", "Lê Hoa")]
    [InlineData("<div>(Người thực hiện : Nông Thị Thu Hà)</div>", "Nông Thị Thu Hà")]
    [InlineData("<p><i>Biên tập: Phạm Minh Đức</i></p>", "Phạm Minh Đức")]
    [InlineData("<p>Biên soạn: Hoàng A</p>", "Hoàng A")]
    public void A_contributor_line_names_the_author_only_at_the_end(string line, string author)
    {
        var article = ParsedFile.Of("<title>Ra quân</title>" + Text + line);
        var other = ParsedFile.Of("<title>Ra quân</title>" + line + string.Concat(Enumerable.Repeat(Text, 4)));

        Assert.Equal((author, Text), (article.Summary.Author, article.Body.Trim()));
        Assert.Null(other.Summary.Author);
        Assert.Contains(author, other.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>Tác giả: nhiều người</p>")]
    [InlineData("<p>Thực hiện: Xã Phúc Thuận</p>")]
    [InlineData("<p>Người thực hiện: Ủy ban nhân dân xã</p>")]
    [InlineData("<p>Biên tập: Lê Hoa và các bạn</p>")]
    [InlineData("<p>Thực hiện: Quyết định 12 của tỉnh</p>")]
    [InlineData("<p>Người đăng: Hoa</p>")]
    [InlineData("<p>Tác giả: Lê Thị Hoa. Bài thơ được trao giải; ban tổ chức đã công bố.</p>")]
    [InlineData("<p>Tin vui: Xã đạt chuẩn</p>")]
    [InlineData("<p>Ảnh</p>")]
    public void Any_other_line_is_text(string line)
    {
        var article = ParsedFile.Of("<title>Ra quân</title>" + Text + line);

        Assert.Null(article.Summary.Author);
        Assert.Equal(2, article.Body.Split("<p>").Length - 1);
    }

    [Fact]
    public void The_author_in_the_metadata_takes_precedence()
    {
        var article = ParsedFile.Of(
            "<title>Ra quân</title><meta name=author content='Ban Biên tập'>" + Text + "<p>Tác giả: Lê Thị Hoa</p>");

        Assert.Equal("Ban Biên tập", article.Summary.Author);
        Assert.Contains("Lê Thị Hoa", article.Body, StringComparison.Ordinal);
    }
}
