namespace PhucThuan.Tests.Articles.Import;

[Fast]
public sealed class PictureSourcesTests
{
    [Theory]
    [InlineData("image/png", "iVBORw0KGgoAAAANSUhEUgAAJxAAACcQCAIAAAA=")]
    [InlineData("image/x-png", "iVBORw0K GgoAAAANSUhEUgAAJxAAACcQCAIAAAA=")]
    [InlineData("image/*", "iVBORw0KGgoAAAANSUhEUgAAJxAAACcQCAIAAAA=")]
    [InlineData("image/gif", "R0lGODlhEH8QfwAAAAAAAA==")]
    public void An_embedded_picture_of_too_many_pixels_is_replaced_by_its_description_and_reported(
        string type, string start)
    {
        var article = ParsedFile.Of($"<title>t</title><p><img alt='Đồi chè' src='data:{type};base64,{start}'></p>");

        Assert.Equal("<p>Đồi chè</p>", article.Body);
        ParsedFile.HasRemark(article, "một ảnh nhúng quá lớn (");
    }

    [Theory]
    [InlineData("<img data-src='media/a.jpg' alt=x>")]
    [InlineData("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-original='media/a.jpg'>")]
    [InlineData("<img src='/lazy/blank.gif' data-lazy-src='media/a.jpg'>")]
    [InlineData("<img srcset='media/a.jpg 600w, media/b.jpg 1200w'>")]
    [InlineData("<picture><source srcset='media/a.jpg 1x'><img></picture>")]
    [InlineData("<!--[if gte vml 1]><v:shape><v:imagedata src='media/a.jpg' o:title='x'/></v:shape><![endif]-->")]
    [InlineData("<v:shape><v:imagedata src='media/a.jpg' o:title='x'></v:imagedata></v:shape>")]
    [InlineData("<v:imagedata src='media/a.jpg'/>")]
    public void The_source_of_lazy_responsive_and_VML_pictures_is_found(string html) =>
        Assert.Contains("src=\"/media/a.jpg\"", ParsedFile.BodyOf($"<p>{html}</p>"), StringComparison.Ordinal);

    [Fact]
    public void A_Word_picture_in_VML_and_HTML_is_shown_once() => Assert.Single(
        ParsedFile.BodyOf(
            "<p><!--[if gte vml 1]><v:shape><v:imagedata src='media/a.jpg'/></v:shape><![endif]--><![if !vml]><img "
                + "src='media/a.jpg'><![endif]></p>")
            .Split("<img").Skip(1));

    [Theory]
    [InlineData("a_files/image001.emz", "image001.emz")]
    [InlineData("a_files/image002.WMF", "image002.WMF")]
    [InlineData("file:///C:/Users/admin/AppData/clip_image002.jpg", "trên máy")]
    [InlineData("C:\\Users\\admin\\clip.png", "trên máy")]
    [InlineData("https://lh3.googleusercontent.com/abc", "googleusercontent")]
    [InlineData("cid:image001.png@01D", "thư")]
    [InlineData("anh.tiff", "anh.tiff")]
    [InlineData("", "src")]
    public void A_picture_that_readers_cannot_load_is_reported(string source, string words) =>
        ParsedFile.HasRemark(ParsedFile.Of($"<title>t</title><p>a <img src='{source}' alt='Biểu đồ'></p>"), words);

    [Theory]
    [InlineData("data:image/jpg;base64,/9j/4AAQ", "data:image/jpeg;base64,/9j/4AAQ")]
    [InlineData("data:image/pjpeg;base64,/9j/4AAQ", "data:image/jpeg;base64,/9j/4AAQ")]
    [InlineData("data:image/*;base64,iVBORw0KGgo=", "data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("data:;base64,/9j/4AAQ", "data:image/jpeg;base64,/9j/4AAQ")]
    [InlineData("data:image/x-png;base64,iVBORw0KGgo=", "data:image/png;base64,iVBORw0KGgo=")]
    public void Aliases_of_a_media_type_are_normalised(string source, string shown) =>
        Assert.Contains($"src=\"{shown}\"", ParsedFile.BodyOf($"<img src='{source}'>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Description: C:\\Users\\Nguyen Van A\\hop.jpg", "")]
    [InlineData("A group of people&#10;&#10;Description automatically generated", "")]
    [InlineData("Một đồi chè. Mô tả được tạo tự động", "Một đồi chè.")]
    [InlineData("IMG_1234.JPG", "")]
    [InlineData("Picture 3", "")]
    [InlineData("Đồi chè buổi sớm", "Đồi chè buổi sớm")]
    public void Generated_descriptions_are_removed(string alt, string shown) =>
        Assert.Contains(
            $"alt=\"{shown}\"", ParsedFile.BodyOf($"<img src=media/a.jpg alt='{alt}'>"), StringComparison.Ordinal);
}
