using System.Text;
using PhucThuan.Portal;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Import.Limits;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Metadata;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Tests.Articles.Characters;

namespace PhucThuan.Tests.Articles.Reading;

[Fast]
public sealed class ArticleParserTests
{
    private static readonly DateTimeOffset Uploaded = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Fact]
    public void Metadata_names_are_case_insensitive()
    {
        var article = Parse("""
            <title> Một  tiêu
            đề </title><META NAME="Author" CONTENT="Ban Biên tập"><meta name="date" content="02-10-2021 09:40">
            <meta name="description" content="Tóm tắt"><meta name="category" content="Tin tức">
            <meta name="source" content="Báo tỉnh"><meta name="image" content="media/a.jpg"><p>Chữ</p>
            """);

        Assert.Equal(
            new ArticleSummary(
                "ten-tep", "Một tiêu đề", ArticleDate.Parse("2021-10-02 09:40")!.Value, Uploaded, "Ban Biên tập",
                "Tin tức", "Tóm tắt",
                "/media/a.jpg"),
            article.Summary);
        Assert.Equal("Báo tỉnh", article.Source);
        Assert.Equal("<p>Chữ</p>", article.Body);
    }

    [Fact]
    public void Metadata_of_a_file_with_too_much_markup_are_kept()
    {
        var article = Parse(
            "<html><head><title>Danh sách hộ</title><meta name=date content='02-10-2021 09:40'><meta name=category "
                + "content='Tin tức'></head><body><table>"
            + string.Concat(Enumerable.Repeat("<tr><td>Hộ &lt;ông&gt;<td><b>A", MarkupLimit.MaxTags / 3))
            + "</table></body></html>");

        Assert.Equal(
            ("Danh sách hộ", "Tin tức", "02-10-2021 09:40"),
            (article.Summary.Title, article.Summary.Category, VietnamTime.Format(article.Summary.Published)));
        Assert.Contains("Hộ &lt;ông&gt; | A\nHộ &lt;ông&gt; | A\n", article.Body, StringComparison.Ordinal);
        Assert.Contains(article.Remarks, remark => remark.Contains("100.000 thẻ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PK\u0003\u0004word/document.xml", "tệp Word bị hỏng")]
    [InlineData("%PDF-1.7 x", "tệp PDF")]
    [InlineData("{\\rtf1 x}", "tệp RTF")]
    [InlineData(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://khac.example/\r\nMIME-Version: 1.0\r\n\r\n<p>x",
        "trang web lưu thành một tệp")]
    [InlineData("\u0001\u0002\u0003Thông báo", "không phải là tệp chữ")]
    [InlineData("", "tệp trống")]
    [InlineData("<html><body><p> </p></body></html>", "tệp trống")]
    public void A_file_of_another_type_is_refused(string file, string reason)
    {
        var failure = Assert.Throws<NotAnArticleException>(() => Parse(file));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p><img src=media/to-roi.jpg></p>")]
    [InlineData("<title>Chỉ có tiêu đề</title>")]
    [InlineData("MIME-Version là gì? PK là gì?")]
    [InlineData("Kính gửi: bà con")]
    public void A_short_text_is_an_article(string file) => Assert.NotNull(Parse(file));

    [Fact]
    public void Text_in_legacy_fonts_is_reported()
    {
        Assert.Contains(
            Parse(
                "<p>Th«ng b¸o vÒ viÖc t¹m ngõng cÊp n­íc t¹i x· Phóc ThuËn, ®Ò nghÞ bµ con chñ ®éng dù tr÷, ®Ó phôc "
                    + "vô</p>").Remarks, remark => remark.Contains("TCVN3", StringComparison.Ordinal));
        Assert.Empty(Parse("<p>«Thông báo» của xã ® 2026: 5¹, a·b</p>").Remarks);
    }

    [Fact]
    public void Characters_that_XML_forbids_are_removed_from_the_metadata()
    {
        var summary = Parse(
            "<title>Tin\u0001 &#8;mới&#xFFFE;&#xFFFF;</title><meta name=category content='Thông&#xFFFE; báo\u001F'><p>"
                + "Chữ</p>").Summary;

        Assert.Equal(("Tin mới", "Thông báo", "thong-bao"), (summary.Title, summary.Category, summary.CategorySlug));
    }

    [Fact]
    public void Without_metadata_heading_and_upload_time_are_used()
    {
        var article = Parse("<h1>Tiêu đề trong bài</h1><p>Chữ</p>");

        Assert.Equal(
            new ArticleSummary("ten-tep", "Tiêu đề trong bài", Uploaded, Uploaded, null, null, null, null),
            article.Summary);
        Assert.Equal("<p>Chữ</p>", article.Body);
    }

    [Theory]
    [InlineData("<img src=media/a.jpg>")]
    [InlineData(
        "<title> </title><meta name=created content='hôm qua'><meta name=author content=' '><img src=media/a.jpg>")]
    public void A_file_without_a_title_is_titled_after_its_slug(string html) => Assert.Equal(
        new ArticleSummary("ten-tep", "ten tep", Uploaded, Uploaded, null, null, null, "/media/a.jpg"),
        Parse(html).Summary);

    [Fact]
    public void A_title_repeated_in_the_text_is_shown_once() =>
        Assert.Equal("<p>Chữ</p>", Parse("<title>Tiêu đề</title><article><h1>TIÊU ĐỀ</h1><p>Chữ</p></article>").Body);

    [Fact]
    public void Another_top_level_heading_is_moved_one_level_down() =>
        Assert.Equal("<h2>Phần một</h2>", Parse("<title>Tiêu đề</title><h1>Phần một</h1>").Body);

    [Fact]
    public void A_file_of_Word_becomes_clean_text()
    {
        const string Word = """
            <html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
            <meta http-equiv=Content-Type content="text/html; charset=windows-1258"><meta name=Generator
              content="Microsoft Word 15">
            <title>Thông báo nghỉ lễ</title>
            <!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>PC</o:Author></o:DocumentProperties></xml>
            <![endif]-->
            <style><!-- p.MsoNormal {margin:0in} --></style></head>
            <body lang=VI style='tab-interval:.5in'><div class=WordSection1>
            <p class=MsoNormal align=center style='text-align:center'><b><span
              style='font-size:14.0pt;font-family:"Times New Roman",serif'>Kính gửi bà con<o:p></o:p></span></b></p>
            <p class=MsoNormal><o:p>&nbsp;</o:p></p>
            <table class=MsoTableGrid border=1 cellspacing=0><tr><td width=100 style='width:1in'><p
              class=MsoNormal>Ngày nghỉ</p></td></tr></table>
            </div></body></html>
            """;

        var article = _parser.Parse("thong-bao", ArticleTextTests.ToWindows1258(Word), Uploaded);

        Assert.Equal("Thông báo nghỉ lễ", article.Summary.Title);
        Assert.StartsWith("<p><b>Kính gửi bà con</b></p>", article.Body, StringComparison.Ordinal);
        Assert.Contains("""<td><p>Ngày nghỉ</p></td>""", article.Body, StringComparison.Ordinal);
        foreach (var trace in new[] { "Mso", "style", "o:p", "<div class=\"Word", "mso" })
        {
            Assert.DoesNotContain(trace, article.Body, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(2, article.Body.Split("<p>").Length - 1);
    }

    [Fact]
    public void Properties_that_LibreOffice_wrote_are_neither_author_nor_date()
    {
        var article = Parse("""
            <!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
            <title>Lịch tiếp dân</title><meta name="generator" content="LibreOffice 24.2 (Linux)"/>
            <meta name="author" content="Văn phòng"/><meta name="created" content="2026-03-05T08:15:30.123456789"/>
            <style type="text/css">p { line-height: 115% }</style></head>
            <body lang="vi-VN" dir="ltr"><p style="margin-bottom: 0.1in"><font face="Liberation Serif"><font
              size="3">Thứ Hai</font></font></p></body></html>
            """);

        Assert.Null(article.Summary.Author);
        Assert.Equal(Uploaded, article.Summary.Published);
        Assert.Contains(article.Remarks, remark => remark.Contains("Văn phòng", StringComparison.Ordinal));
        Assert.Equal("<p>Thứ Hai</p>", article.Body);
    }

    [Fact]
    public void A_file_of_Google_Docs_keeps_its_embedded_pictures()
    {
        var article = Parse("""
            <html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type">
            <style>.c1{color:#000}</style></head>
            <body class="c2 doc-content"><p class="c1"><span class="c0">Chữ</span></p>
            <p><span style="overflow: hidden"><img alt="" src="data:image/png;base64,iVBORw0KGgo="
              style="width: 10px"></span></p></body></html>
            """);

        Assert.Contains("<p>Chữ</p>", article.Body, StringComparison.Ordinal);
        Assert.Contains("""src="data:image/png;base64,iVBORw0KGgo=" """, article.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<span class='c3'>a</span>", "<b>a</b>")]
    [InlineData("<span class='c4 c5'>a</span>", "<s><i>a</i></s>")]
    [InlineData("<span class='c6'>a</span>", "<sup>a</sup>")]
    [InlineData("<span class='c8'>a</span>", "<sub>a</sub>")]
    [InlineData("<span class='c3 c7'>a</span>", "a")]
    [InlineData("<span class='c7 c3'>a</span>", "a")]
    [InlineData("<span class='c7' style='font-weight:700'>a</span>", "<b>a</b>")]
    [InlineData("<span class='c3'>a<span class='c3 c4'>b</span></span>", "<b>a<i>b</i></b>")]
    [InlineData("<span class='c3'></span>a", "a")]
    [InlineData("<span class='c9 c10'>a</span>", "a")]
    [InlineData("<span style='font-size:14pt'>a</span>", "a")]
    [InlineData("<span class=''>a</span>", "a")]
    [InlineData("<b style='font-weight:normal' id='docs-internal-guid-1'>a<b>b</b></b>", "a<b>b</b>")]
    public void Styles_of_Google_Docs_become_elements(string html, string body) => Assert.Equal(
        $"<p>{body}</p>",
        Parse($$"""
            <title>t</title><style>@import url(https://example.org/a.css);
            ol.lst-1>li:before{content:"o"}.c3{color:#000;font-weight:700}
            .c4{font-style:italic;text-decoration-skip-ink:none}
            .c5{text-decoration:underline line-through}.c6,.c99{vertical-align:super}
            .c7{font-weight:400;vertical-align:baseline}span.c8{vertical-align:sub}
            p.c9{font-weight:700}.c10 .c9{font-weight:700}</style>
            <p>{{html}}</p>
            """).Body);

    [Theory]
    [InlineData("<p class='title'>Lịch  tiếp dân</p>")]
    [InlineData("<p class='MsoTitle'><span class='c3'>Lịch tiếp dân</span></p>")]
    public void A_paragraph_with_a_title_style_is_the_title(string title)
    {
        var article = Parse($"<style>.title, .c3 {{ font-weight: bold }}</style>{title}<h1>Phần một</h1><p>Chữ</p>");

        Assert.Equal("Lịch tiếp dân", article.Summary.Title);
        Assert.Equal("<h2>Phần một</h2><p>Chữ</p>", article.Body);
    }

    // Regression test: each made the parser fail, and with it the lists of all articles.
    [Theory]
    [InlineData("<style>*[{}@import'test.css?]{color: green;}</style><p>a</p>")]
    [InlineData("<style>p{} @namespace</style><p>a</p>")]
    [InlineData("<p><span style='}@import url('>a</span></p>")]
    public void Invalid_styles_are_ignored(string html) => Assert.Equal("<p>a</p>", Parse(html).Body);

    // Regression test: each took 20 s or more when every rule was matched against every span, or when the sanitiser had
    // to parse the styles.
    [Fact]
    public void Styles_over_the_limits_are_not_evaluated()
    {
        var deep = string.Concat(Enumerable.Repeat("<span class=a style=font-weight:700>", 500)) + "chữ";
        var manyRules = "<style>" + string.Concat(Enumerable.Repeat(".a{font-weight:700}", 100_000)) + "</style>";

        Assert.Equal("<b>chữ</b>", Parse(deep).Body);
        Assert.Throws<NotAnArticleException>(() => Parse(manyRules + "<span class=a>chữ</span>"));
        Assert.Equal(
            "<b>chữ</b>",
            Parse($"<style>.a{{font-weight:700}}</style><span class='{new string(' ', 5000)}a'>chữ</span>").Body);
    }

    [Theory]
    [InlineData("<div><b>")]
    [InlineData("<span>")]
    [InlineData("<font size=1><p>")]
    [InlineData("<ul><li>")]
    [InlineData("<table><tr><td>")]
    public void A_deeply_nested_file_keeps_its_text_and_loses_its_tags(string tags) =>
        Assert.Equal("<pre>Chữ</pre>", Parse(string.Concat(Enumerable.Repeat(tags, 100_000)) + "Chữ").Body);

    [Fact]
    public void A_long_file_with_unclosed_tags_is_not_mistaken_for_a_deep_one()
    {
        var article = Parse(string.Concat(Enumerable.Repeat("<p>a<br><img src=media/a.jpg><li>b", 2_000)) + "<b>c</b>");

        Assert.EndsWith("<b>c</b></li></ul>", article.Body, StringComparison.Ordinal);
    }

    private Article Parse(string html) => _parser.Parse("ten-tep", Encoding.UTF8.GetBytes(html), Uploaded);
}
