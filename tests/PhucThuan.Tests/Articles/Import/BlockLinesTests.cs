namespace PhucThuan.Tests.Articles.Import;

[Fast]
public sealed class BlockLinesTests
{
    [Theory]
    [InlineData("<p>a<span class=k>b</span>c</p>", "<p>a<br>b<br>c</p>")]
    [InlineData("<p><label class=k>Họ tên</label>Lê Hoa</p>", "<p>Họ tên<br>Lê Hoa</p>")]
    [InlineData("<div><label class=k>Họ tên</label> <i>Lê Hoa</i></div>", "<p>Họ tên <br><i>Lê Hoa</i></p>")]
    [InlineData("<div><b class=k>Giờ</b>8 giờ</div>", "<p><b>Giờ</b><br>8 giờ</p>")]
    [InlineData("<div>a<em class=l>b</em><u class=l>c</u></div>", "<p>a<br><em>b</em><br><u>c</u></p>")]
    [InlineData(
        "<ul><li><strong class=k>Giờ</strong>8 giờ</li></ul>", "<ul><li><strong>Giờ</strong><br>8 giờ</li></ul>")]
    [InlineData("<p>a <b>b</b> c <img class=k src='media/a.jpg' alt=''> d</p>", null)]
    [InlineData("<p>Trước <div style='display:inline'>giữa </div>sau</p>", "<p>Trước </p><p>giữa sau</p>")]
    [InlineData("<div>Trước <div style='display:inline'>giữa </div>sau</div>", "<p>Trước giữa sau</p>")]
    public void An_inline_element_displayed_as_a_block_is_a_separate_line(string html, string? body)
    {
        var shown = ParsedFile.BodyOf("<style>.k{display:block} .l{display:flex}</style>" + html);

        Assert.Equal(body ?? shown.Replace("<br>", "", StringComparison.Ordinal), shown);
    }

    [Theory]
    [InlineData("<div>a</div><div>b</div>", "<p>a</p><p>b</p>")]
    [InlineData("<DIV dir=auto>a</DIV><div><br></div><div><b>b</b></div>", "<p>a</p><p><b>b</b></p>")]
    [InlineData("<div><div>a<div>b</div>c</div></div>", "<p>a</p><p>b</p><p>c</p>")]
    [InlineData(
        "<section>a</section><center>b</center><address>c</address><main>d</main>", "<p>a</p><p>b</p><p>c</p><p>d</p>")]
    [InlineData("a<br>b<br><br>c", "<p>a<br>b</p><p>c</p>")]
    [InlineData("<div>a<br>b<br>&nbsp;<br>c<br></div>", "<p>a<br>b</p><p>c</p>")]
    [InlineData("<p>a<br><br>b</p>", "<p>a</p><p>b</p>")]
    [InlineData("<b><div>a</div><div>b</div></b>", "<p><b>a</b></p><p><b>b</b></p>")]
    [InlineData("<span><div>a</div>b</span>", "<p>a</p><p>b</p>")]
    [InlineData("<ul><li><div>a</div></li></ul>", "<ul><li><p>a</p></li></ul>")]
    [InlineData("<ul><li>a<ul><li>b</ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>")]
    [InlineData("<span style='display:block'>a</span><span style='display:block'>b</span>", "<p>a</p><p>b</p>")]
    [InlineData("<div style='white-space:pre-wrap'>a\nb</div>", "<p>a<br>b</p>")]
    [InlineData("<style>.w{white-space:pre-line}</style><div class=w><span>a\nb</span></div>", "<p>a<br>b</p>")]
    public void Lines_of_every_program_become_paragraphs(string html, string body) =>
        Assert.Equal(body, ParsedFile.BodyOf(html));

    [Fact]
    public void Lines_of_a_cell_stay_separate() => Assert.Contains(
        "<td><p>sáng: họp</p><p>chiều: nghỉ</p></td>",
        ParsedFile.BodyOf("<table border=1><tr><td><div>sáng: họp</div><div>chiều: nghỉ</div></td></tr></table>"),
        StringComparison.Ordinal);
}
