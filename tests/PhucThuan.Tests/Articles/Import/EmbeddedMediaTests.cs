using System.Text;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Import;

[Fast]
public sealed class EmbeddedMediaTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData(
        "<iframe src='https://www.youtube.com/embed/abc-1?rel=0'></iframe>", "https://www.youtube.com/watch?v=abc-1",
        "Xem tại www.youtube.com")]
    [InlineData(
        "<iframe src='//www.youtube-nocookie.com/embed/abc-1'></iframe>", "https://www.youtube.com/watch?v=abc-1",
        "Xem tại www.youtube.com")]
    [InlineData(
        "<iframe src='https://maps.example.org/a?b=1'></iframe>", "https://maps.example.org/a?b=1",
        "Xem tại maps.example.org")]
    [InlineData("<video controls src=media/phim.mp4>Không xem được</video>", "/media/phim.mp4", "Mở tệp phim.mp4")]
    [InlineData(
        "<audio><source src='media/bài hát.mp3'></audio>", "/media/b%C3%A0i%20h%C3%A1t.mp3", "Mở tệp bài hát.mp3")]
    [InlineData(
        "<object data=mau-don.pdf type=application/pdf><p>x</p></object>", "/media/mau-don.pdf", "Mở tệp mau-don.pdf")]
    public void Embedded_media_become_links(string html, string address, string text) =>
        Assert.Equal($"<p><a href=\"{address}\">{text}</a></p>", Parse(html));

    [Theory]
    [InlineData("<iframe src=javascript:x()></iframe>")]
    [InlineData("<iframe srcdoc='<p>x'></iframe>")]
    [InlineData("<embed src=data:text/html,x>")]
    [InlineData("<iframe src=file:///etc/passwd></iframe>")]
    [InlineData("<object data=trang.html></object>")]
    [InlineData("<video></video>")]
    public void Media_that_readers_cannot_open_are_removed(string html) => Assert.Equal("", Parse(html));

    [Fact]
    public void Media_in_a_paragraph_become_a_link_in_the_paragraph() =>
        Assert.Equal(
            """<p>a <a href="/media/a.mp3">Mở tệp a.mp3</a></p>""", Parse("<p>a <audio src=a.mp3></audio></p>"));

    private string Parse(string html) =>
        _parser.Parse("a", Encoding.UTF8.GetBytes("<title>t</title>" + html), default).Body;
}
