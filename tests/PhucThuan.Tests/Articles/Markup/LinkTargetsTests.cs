namespace PhucThuan.Tests.Articles.Markup;

[Fast]
public sealed class LinkTargetsTests
{
    private const string Inner = "https%3A%2F%2Fexample.vn%2Fa%3Fb%3D1";

    [Theory]
    [InlineData("https://apc01.safelinks.protection.outlook.com/?url=" + Inner + "&amp;data=05%7Canh.tran%40xa.vn")]
    [InlineData("HTTPS://EUR03.safelinks.protection.outlook.com/GetUrlReputation?data=x&amp;url=" + Inner)]
    [InlineData("https://l.facebook.com/l.php?u=" + Inner + "%26fbclid%3DIwAR0&amp;h=AT0")]
    [InlineData("https://lm.facebook.com/l.php?u=" + Inner)]
    [InlineData("https://www.google.com.vn/url?sa=t&amp;url=" + Inner)]
    [InlineData("https://www.youtube.com/redirect?event=x&amp;q=" + Inner)]
    [InlineData("https://urldefense.com/v3/__https://example.vn/a?b=1__;!!x!y$")]
    [InlineData(
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fl.facebook.com%2Fl."
            + "php%3Fu%3Dhttps%253A%252F%252Fexample.vn%252Fa%253Fb%253D1")]
    [InlineData("https://example.vn/a?b=1&amp;fbclid=IwAR0")]
    public void A_tracking_redirect_is_replaced_by_its_target(string reference) =>
        Assert.Equal(
            "<p><a href=\"https://example.vn/a?b=1\">a</a></p>",
            ParsedFile.BodyOf($"<p><a href=\"{reference}\">a</a></p>"));

    [Theory]
    [InlineData("file:///D:/Van%20phong/mau.docx")]
    [InlineData("\\\\maychu\\chung\\mau.docx")]
    [InlineData("http://localhost:8080/x")]
    [InlineData("http://192.168.1.5/x")]
    [InlineData("http://maychu/x")]
    [InlineData("https://a.safelinks.protection.outlook.com/?data=anh.tran")]
    public void A_link_into_the_editors_network_becomes_text_and_is_reported(string reference)
    {
        var article = ParsedFile.Of($"<title>t</title><p><a href=\"{reference}\">Mẫu đơn</a></p>");

        Assert.Equal("<p><a>Mẫu đơn</a></p>", article.Body);
        ParsedFile.HasRemark(article, "không dẫn tới đâu");
    }

    [Theory]
    [InlineData("<base href='https://bao.example.vn/muc/'>", "tin.html", "https://bao.example.vn/muc/tin.html")]
    [InlineData("<base href='https://bao.example.vn/'>", "/tin.html", "https://bao.example.vn/tin.html")]
    [InlineData("<base href='file:///C:/Users/a/'>", "tin.html", "/bai-viet/tin")]
    [InlineData(
        "<!-- saved from url=(0030)https://bao.example.vn/muc/ -->", "tin.html", "https://bao.example.vn/muc/tin.html")]
    public void Relative_links_of_a_saved_page_lead_to_its_site(
        string head, string reference, string address) => Assert.Contains(
        $"href=\"{address}\"",
        ParsedFile.Of($"{head}<html><head>{head}<title>t</title></head><body><p><a href='{reference}'>a</a>").Body,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("<p><a href>Mẫu đơn</a></p>")]
    [InlineData("<p><a href=''>Mẫu đơn</a></p>")]
    [InlineData("<p><a href='  '>Mẫu đơn</a></p>")]
    public void A_link_without_an_address_keeps_its_text(string body)
    {
        var article = ParsedFile.Of(body);

        Assert.Equal("<p><a>Mẫu đơn</a></p>", article.Body);
        ParsedFile.HasRemark(article, "Mẫu đơn");
    }
}
