namespace PhucThuan.Tests.Articles.Import;

[Fast]
public sealed class BlockLinesTests
{
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
    public void Lines_of_every_program_are_paragraphs(string html, string body) =>
        Assert.Equal(body, ParsedFile.BodyOf(html));

    [Fact]
    public void Lines_of_a_cell_stay_apart() => Assert.Contains(
        "<td><p>sáng: họp</p><p>chiều: nghỉ</p></td>",
        ParsedFile.BodyOf("<table border=1><tr><td><div>sáng: họp</div><div>chiều: nghỉ</div></td></tr></table>"),
        StringComparison.Ordinal);
}
