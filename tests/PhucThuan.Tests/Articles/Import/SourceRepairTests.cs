using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Characters;
using PhucThuan.Tests.Articles.Characters;

namespace PhucThuan.Tests.Articles.Import;

[Fast]
public sealed class SourceRepairTests
{
    [Theory]
    [InlineData("<p>nếu x <y thì đạt</p>", "<p>nếu x &lt;y thì đạt</p>")]
    [InlineData(
        "<p>Ghi <Tên cơ quan> và <so dien thoai></p>", "<p>Ghi &lt;Tên cơ quan&gt; và &lt;so dien thoai&gt;</p>")]
    [InlineData("<p>a <0,5 mg <-1</p>", "<p>a &lt;0,5 mg &lt;-1</p>")]
    [InlineData("<p>khi a <b thì đạt</p>", "<p>khi a &lt;b thì đạt</p>")]
    [InlineData("<p>gửi <a@example.vn></p>", "<p>gửi &lt;a@example.vn&gt;</p>")]
    [InlineData(
        "<p>x<o:p></o:p><st1:place w:st='on'>y</st1:place><b title='<z>'>c</b></p>", "<p>xy<b title=\"<z>\">c</b></p>")]
    [InlineData("<!-- <a b --><style>a<b{}</style><p>x</p>", "<p>x</p>")]
    public void A_bracket_that_begins_no_tag_is_text(string html, string body) =>
        Assert.Equal(
            body.Replace("<z>", "&lt;z&gt;", StringComparison.Ordinal), ParsedFile.BodyOf(html)
                .Replace("title=\"<z>\"", "title=\"&lt;z&gt;\"", StringComparison.Ordinal));

    [Theory]
    [InlineData(
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title><script src='x'/>"
            + "</head><body><p>a<span class='m'/></p><div/><p>b</p></body></html>")]
    [InlineData(
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'><html><head><title>t</title><style "
            + "type='text/css'/></head><body><p>a<span class='x'/></p><p>b</p><textarea/></body></html>")]
    [InlineData(
        "<html><head><title>t</title><script src=\"x\"/><iframe src=\"\"/></head><body><p>a</p><p>b</p></body></html>")]
    public void Self_closing_elements_of_XHTML_are_empty(string html) =>
        Assert.Equal("<p>a</p><p>b</p>", ParsedFile.Of(html).Body.Trim());

    [Fact]
    public void A_text_file_has_paragraphs_and_lines()
    {
        var article = ParsedFile.Of(
            "THÔNG BÁO HỌP DÂN\r\n\r\nKính gửi bà con,\r\nThời gian: 19h <sớm>.\r\n\r\nTrân trọng.");

        Assert.Equal("THÔNG BÁO HỌP DÂN", article.Summary.Title);
        Assert.Equal("<p>Kính gửi bà con,<br>Thời gian: 19h &lt;sớm&gt;.</p>\n<p>Trân trọng.</p>", article.Body);
    }

    [Fact]
    public void Line_breaks_of_a_body_without_elements_are_kept() => Assert.Equal(
        "<p>a<br>b</p>\n<p>c</p>",
        ParsedFile.Of("<html><head><title>t</title></head><body>\na\nb\n\nc\n</body></html>").Body);

    [Fact]
    public void Damaged_UTF8_is_repaired_and_losses_are_reported()
    {
        const string Sentence = "Thông báo về việc tiêm phòng đàn vật nuôi vụ thu đông";
        _ = ArticleText.Decode([]);
        var broken = Encoding.GetEncoding(1252)
            .GetString(Encoding.UTF8.GetBytes(Sentence.Replace("ề", "e", StringComparison.Ordinal)));
        var article = ParsedFile.Of($"<title>t</title><p>{broken}</p>");

        Assert.Equal($"<p>{Sentence.Replace("ề", "e", StringComparison.Ordinal)}</p>", article.Body);
        ParsedFile.HasRemark(article, "bảng mã");
        Assert.Empty(ParsedFile.Of("<title>t</title><p>SÃO PAULO, Ä, «Ã»</p>").Remarks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF16_without_a_byte_order_mark_is_decoded(bool isBig) => Assert.Contains(
        "Lễ hội đình làng",
        ParsedFile.Of(
            (isBig ? Encoding.BigEndianUnicode : Encoding.Unicode)
                .GetBytes("\r\n <html><head><title>t</title></head><body><p>Lễ hội đình làng</p></body></html>")).Body,
                    StringComparison.Ordinal);

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    [InlineData("us-ascii")]
    public void Windows_1258_is_decoded_whatever_charset_is_declared(string charset) => Assert.Contains(
        "Lễ hội đình làng",
        ParsedFile.Of(
            ArticleTextTests.ToWindows1258(
                $"<meta charset={charset}><title>t</title><p>Lễ hội đình làng khai mạc</p>")).Body,
                    StringComparison.Ordinal);

    [Fact]
    public void A_workbook_of_several_sheets_is_refused_with_the_remedy() => Assert.Contains(
        "sheet", Assert.Throws<NotAnArticleException>(() => ParsedFile.Of("<html><head><title>x</title></head>"
            + "<FRAMESET rows='*,39'><frame src=a></FRAMESET></html>")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<p>Trang cũ dùng thẻ</p><!-- <frameset> --><frameset>")]
    [InlineData("<p>Trang cũ dùng thẻ</p><script>'<frameset rows=1>'</script>")]
    [InlineData("Trang cũ dùng thẻ <frameset rows='*,39'> để chia khung")]
    public void Text_with_a_frameset_tag_is_published(string html) => Assert.Contains(
        "Trang cũ dùng thẻ", ParsedFile.Of($"<title>x</title>{html}").Body, StringComparison.Ordinal);
}
