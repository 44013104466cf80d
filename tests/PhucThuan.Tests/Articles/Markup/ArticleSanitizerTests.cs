using System.Text;
using System.Text.RegularExpressions;
using PhucThuan.Portal.Articles.Import.Limits;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Markup;

[Fast]
public sealed class ArticleSanitizerTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("<p>a<script>x</script></p>", "<p>a</p>")]
    [InlineData("<p onclick=x()>a</p>", "<p>a</p>")]
    [InlineData("<p style='color:red' class=x>a</p>", "<p>a</p>")]
    [InlineData("<a href='javascript:x()'>a</a>", "<a>a</a>")]
    [InlineData("<a href=' JaVa\tscript:x()'>a</a>", "<a>a</a>")]
    [InlineData("<a href='data:text/html,x'>a</a>", "<a>a</a>")]
    [InlineData("<a href='vbscript:x'>a</a>", "<a>a</a>")]
    [InlineData("<a href='/bai-viet/b'>a</a>", "<a href=\"/bai-viet/b\">a</a>")]
    [InlineData("<a href='https://example.org/' target=_blank>a</a>", "<a href=\"https://example.org/\">a</a>")]
    [InlineData("<a href='mailto:a@example.org'>a</a>", "<a href=\"mailto:a@example.org\">a</a>")]
    [InlineData("<svg><style><img src=x onerror=x()></style></svg>a", "a")]
    [InlineData("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x()&gt;'>", "")]
    [InlineData("<noscript><p title='</noscript><img src=x onerror=x()>'></noscript>a", "&lt;")]
    [InlineData(
        "<iframe src=https://example.org></iframe><form><input><button>b</button></form>a",
        "<p><a href=\"https://example.org/\">Xem tại example.org</a></p><p>b</p><p>a</p>")]
    [InlineData("<o:p>a</o:p><font color=red>b</font><center>c</center>", "<p>ab</p><p>c</p>")]
    [InlineData("<!-- bí mật -->a", "a")]
    [InlineData("<base href=//evil><link rel=stylesheet href=x><meta http-equiv=refresh content=0>a", "a")]
    public void Only_allowed_markup_remains(string html, string expected)
    {
        var body = Sanitize(html);

        if (expected == "&lt;")
        {
            Assert.DoesNotContain("<img", body, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, body);
        }
    }

    [Theory]
    [InlineData("media/a.jpg")]
    [InlineData("/media/a.jpg")]
    [InlineData("../media/a.jpg")]
    [InlineData("./media/a.jpg")]
    [InlineData("media\\a.jpg")]
    [InlineData("..\\.\\media\\a.jpg")]
    public void A_picture_of_the_portal_is_lazy_and_has_its_canonical_address(string source) => Assert.Equal(
        """<img src="/media/a.jpg" alt="Ảnh" loading="lazy" decoding="async">""",
        Sanitize($"<img src='{source}' alt='Ảnh'>"));

    [Fact]
    public void Footnotes_of_a_word_processor_link_to_their_text_and_back() => Assert.Equal(
        """<p>Văn<a href="#bai-_ftn1" id="bai-_ftnref1">[1]</a></p><p><a href="#bai-_ftnref1" id="bai-_ftn1">[1]</a>"""
            + """ <a>Chú</a> thích</p>""",
        Sanitize(
            """<p>Văn<a href="#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" name="_ftn1">[1]</a>"""
                + """ <a name="_ftn1">Chú</a> thích</p>"""));

    [Theory]
    [InlineData("https://example.org/media/a.jpg")]
    [InlineData("//example.org/media/a.jpg")]
    [InlineData("javascript:x()")]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=")]
    [InlineData("data:text/html;base64,PHN2Zz4=")]
    [InlineData("file:///C:/anh.jpg")]
    [InlineData("/media/../api/visits")]
    [InlineData("/media/%2e%2E/api/visits/a.svg")]
    [InlineData("../../bai_files/../a.jpg")]
    [InlineData("\\\\may-chu\\anh.jpg")]
    public void An_external_picture_becomes_its_description(string source) =>
        Assert.Equal("<p>Ảnh chụp</p>", Sanitize($"<p><img src='{source}' alt='Ảnh chụp'></p>"));

    [Theory]
    [InlineData("bai-khac.html", "/bai-viet/bai-khac")]
    [InlineData("media/mau-don.pdf", "/media/mau-don.pdf")]
    [InlineData("media/m\u1EABu \u0111\u01A1n.pdf", "/media/m%E1%BA%ABu%20%C4%91%C6%A1n.pdf")]
    [InlineData("media/m%E1%BA%ABu%20100%.pdf", "/media/m%E1%BA%ABu%20100%25.pdf")]
    [InlineData("../media/mau-don.pdf", "/media/mau-don.pdf")]
    [InlineData("media/mau..don.pdf", "/media/mau..don.pdf")]
    [InlineData("./bai-khac.html#muc-2", "/bai-viet/bai-khac#bai-muc-2")]
    [InlineData("bai-khac.html?a=1", "/bai-viet/bai-khac?a=1")]
    [InlineData("https://example.org/bai.html", "https://example.org/bai.html")]
    [InlineData(
        "https://www.google.com/url?q=https://example.org/a?b%3D1%26c%3D2&amp;sa=D&amp;usg=x",
        "https://example.org/a?b=1&amp;c=2")]
    [InlineData("https://www.google.com/url?q=javascript:x()", "https://www.google.com/url?q=javascript:x()")]
    [InlineData("https://www.google.com/url?sa=D", "https://www.google.com/url?sa=D")]
    [InlineData("/bai-viet/bai-khac", "/bai-viet/bai-khac")]
    [InlineData("bai-khac.htm", "/bai-viet/bai-khac")]
    [InlineData("Tên có dấu.html", "/bai-viet/ten-co-dau")]
    [InlineData("T%C3%AAn%20kh%C3%A1c.HTM", "/bai-viet/ten-khac")]
    [InlineData("../Thông báo/bài 2.xhtml#muc", "/bai-viet/bai-2#bai-muc")]
    [InlineData("ghi-chu.md", "/bai-viet/ghi-chu")]
    [InlineData("ghi-chu.txt", "/bai-viet/ghi-chu")]
    [InlineData("mau-don.pdf", "/media/mau-don.pdf")]
    [InlineData("tai-lieu/mẫu đơn.docx", "/media/tai-lieu/m%E1%BA%ABu%20%C4%91%C6%A1n.docx")]
    [InlineData("www.example.org/a.pdf", "http://www.example.org/a.pdf")]
    [InlineData("https://example.org/a.pdf", "https://example.org/a.pdf")]
    public void A_relative_link_to_a_file_leads_to_its_address(string reference, string address) =>
        Assert.Equal($"""<a href="{address}">a</a>""", Sanitize($"<a href='{reference}'>a</a>"));

    [Theory]
    [InlineData("tai-lieu.pptx")]
    [InlineData("media/tai-lieu.pptx")]
    [InlineData("../mau-don.pdf")]
    public void A_link_to_a_file_type_that_is_not_served_becomes_text_and_is_reported(string reference)
    {
        var article = _parser.Parse(
            "a", Encoding.UTF8.GetBytes($"<p><a href='{reference}'>a</a> <a href='Bai-Khac.html'>b</a>"), default);

        Assert.Equal("""<p><a>a</a> <a href="/bai-viet/bai-khac">b</a></p>""", article.Body);
        Assert.Contains($"“{reference}”", Assert.Single(article.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bai_files/image001.png", "/media/bai_files/image001.png")]
    [InlineData("images/image1.png", "/media/images/image1.png")]
    [InlineData("./bai_files/image001.png", "/media/bai_files/image001.png")]
    [InlineData("bai_files\\image001.png", "/media/bai_files/image001.png")]
    [InlineData("bai_html_5a3c91d2.png", "/media/bai_html_5a3c91d2.png")]
    [InlineData("images/hinh.svg", null)]
    [InlineData("hinh", null)]
    [InlineData("../images/image1.png", null)]
    public void A_relative_picture_is_looked_up_in_media_by_its_name(string source, string? address) => Assert.Equal(
        address is null
            ? ""
            : $"""<img src="{address}" loading="lazy" decoding="async" alt="">""", Sanitize($"<img src='{source}'>"));

    [Fact]
    public void A_no_break_space_is_written_as_a_character() =>
        Assert.Equal("<p>a\u00A0b</p>", Sanitize("<p>a&nbsp;b</p>"));

    [Fact]
    public void An_unclosed_form_does_not_swallow_the_rest() =>
        Assert.Contains("<p>c</p>", Sanitize("<p>a<button>b</p><p>c</p>"), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "<h1>a <b>b</b></h1><h2>c</h2><h3>d</h3><h4>e</h4><h5>f</h5>",
        "<h2>a <b>b</b></h2><h3>c</h3><h4>d</h4><h4>e</h4><h4>f</h4>")]
    [InlineData(
        "<h3>a</h3><h5>b</h5><h5>c</h5><h3>d</h3><h1>e</h1>", "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2><h2>e</h2>")]
    [InlineData("<h1></h1><h4 id=x>a</h4><a href=#x>b</a>", "<h2 id=\"bai-x\">a</h2><p><a href=\"#bai-x\">b</a></p>")]
    public void Headings_start_below_the_title_and_skip_no_level(string html, string expected) =>
        Assert.Equal(expected, Sanitize(html));

    [Fact]
    public void Ids_and_links_to_them_get_the_same_prefix() => Assert.Equal(
        """<h2 id="bai-noi-dung">a</h2><p><a href="#bai-noi-dung">b</a></p>""",
        Sanitize("<h2 id=noi-dung>a</h2><a href=#noi-dung>b</a>"));

    [Fact]
    public void A_table_is_wrapped_in_a_named_scroll_container() => Assert.Equal(
        """<div class="table-scroll" tabindex="0" role="region" aria-label="Lịch"><table><caption>Lịch</caption>"""
            + """<tbody><tr><th scope="col">a</th><td colspan="2">b</td></tr></tbody></table></div>""",
        Sanitize("<table border=1><caption>Lịch</caption><tr><th scope=col>a</th><td colspan=2>b</td></tr></table>"));

    [Fact]
    public void Empty_paragraphs_are_removed_and_those_with_a_picture_stay() => Assert.Equal(
        """<p>a</p><p><img src="/media/a.jpg" loading="lazy" decoding="async" alt=""></p>""",
        Sanitize("<p>a</p><p>&nbsp;</p><p> <br></p><h2></h2><p><img src=media/a.jpg></p>"));

    [Fact]
    public void A_file_of_too_many_tags_is_reduced_to_lines()
    {
        const int OfTitle = 2;
        const int Boxes = 100;
        var box = $"<div hidden>{Tags((MarkupLimit.MaxTags / Boxes) - 4)}</div>";
        var boxes = string.Concat(Enumerable.Repeat(box, Boxes));
        var rest = MarkupLimit.MaxTags - OfTitle - Regex.Count(boxes, "<") - 1;

        Assert.Equal("<p>chè</p>", Sanitize($"{boxes}<div hidden>{Tags(rest - 2)}</div><p>chè"));
        Assert.Equal("<pre>chè</pre>", Sanitize($"{boxes}<div hidden>{Tags(rest - 1)}</div><p>chè"));

        static string Tags(int count) => string.Concat(Enumerable.Repeat("<wbr>", count));
    }

    [Fact]
    public void A_long_table_saved_by_Word_stays_a_table()
    {
        const int Households = 200;
        var row = "<tr>"
            + string.Concat(
                Enumerable.Repeat("<td><p class=MsoNormal><span style='color:black'>Hộ<o:p></o:p></span></p></td>", 9))
                    + "</tr>";

        var body = Sanitize("<table>" + string.Concat(Enumerable.Repeat(row, Households)) + "</table>");

        Assert.Equal(Households, body.Split("<tr>").Length - 1);
        Assert.Equal(Households * 9, body.Split("Hộ").Length - 1);
    }

    private string Sanitize(string html) =>
        _parser.Parse("a", Encoding.UTF8.GetBytes("<title>t</title>" + html), default).Body;
}
