using System.Text;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Import.Privacy;

[Fast]
public sealed class EditorialMarksTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("<p>a<span style='color:red; display:none'>KÍN</span></p>")]
    [InlineData("<p>a</p><p style='DISPLAY : none'>KÍN</p>")]
    [InlineData("<p>a<span style='mso-hide:all'>KÍN</span></p>")]
    [InlineData("<p>a</p><p hidden>KÍN</p>")]
    [InlineData("<div title=header><p>KÍN</p></div><p>a</p><div title=footer><p>KÍN</p></div>")]
    [InlineData(
        "<p>a<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>KÍN</a></span></p><hr "
            + "class=msocomoff><div class=msocomtxt><p>KÍN</p></div>")]
    [InlineData(
        "<p>a<sup><a href='#cmnt1' id=cmnt_ref1>[KÍN]</a></sup></p><div class=c3><p><a href='#cmnt_ref1' id=cmnt1>"
            + "[a]</a>KÍN</p><p>KÍN</p></div>")]
    [InlineData("<p>a<del cite='mailto:VanPhong' datetime='2026-10-02'>KÍN</del></p>")]
    [InlineData("<p>a<span class=MsoDel>KÍN</span></p>")]
    [InlineData("<p class=MsoNormal>a<del>KÍN</del></p>")]
    [InlineData("<p>a<SPAN Class='msodel'><DEL DateTime=x>KÍN</DEL></SPAN></p>")]
    [InlineData("<p>a<span title=annotation class=annotation_style_by_filter>[ANNOTATION: KÍN]</span></p>")]
    [InlineData(
        "<div style='mso-element:header'><p class=MsoHeader>KÍN</p></div><p>a</p><div style=\"mso-element: "
            + "first-footer\"><p>KÍN</p></div>")]
    [InlineData("<style>div.h{mso-element:footer}</style><p>a</p><div class=h>KÍN</div>")]
    [InlineData(
        "<p>a</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p>KÍN</p></div></div>")]
    [InlineData("<p>a</p><p class=MsoFooter>KÍN trang 2</p><p class=MsoFooter>3/4</p>")]
    [InlineData("<p>a<sdfield type=PAGE subtype=RANDOM format=PAGE>KÍN</sdfield></p>")]
    [InlineData("<p>a<sdfield type=docstat subtype=page>KÍN</sdfield></p>")]
    [InlineData("<p>a<sdfield type=AUTHOR subtype=NAME>KÍN</sdfield></p>")]
    [InlineData("<p>a<sdfield type=sender>KÍN</sdfield><SDFIELD TYPE=FILENAME>KÍN</SDFIELD></p>")]
    [InlineData("<p>a<sdfield type=TEMPLATE>KÍN</sdfield></p>")]
    [InlineData("<p>a</p><div role=doc-comment><p>KÍN</p></div><div class='docos-replyview-comment x'>KÍN</div>")]
    [InlineData("<p>a<span class=CommentStart>KÍN</span><span class=CommentEnd>KÍN</span></p>")]
    [InlineData("<p>a<span class='ice-del'>KÍN</span><span class='track-delete-1'>KÍN</span></p>")]
    [InlineData("<p>a<span class=msomovefrom>KÍN</span></p>")]
    public void Editorial_marks_are_not_published(string html) =>
        Assert.Equal("<p>a</p>", Parse("<title>t</title>" + html));

    [Theory]
    [InlineData(
        "<p class=MsoNormal>a<span class=msoIns><ins cite='mailto:VanPhong' datetime=x>b</ins></span></p>",
        "<p>ab</p>")]
    [InlineData("<p>a<ins datetime=x>b</ins></p>", "<p>ab</p>")]
    [InlineData("<p>Giá <del>50.000</del> <ins>40.000</ins></p>", "<p>Giá <del>50.000</del> <ins>40.000</ins></p>")]
    public void Tracked_insertions_become_text_and_marks_of_the_author_stay(string html, string body) =>
        Assert.Equal(body, Parse("<title>t</title>" + html));

    [Fact]
    public void Page_headers_of_Google_Docs_are_removed_and_its_footnotes_kept()
    {
        var body = Parse("""
            <title>t</title><body class="c1 doc-content"><div><p>ĐẦU TRANG</p></div><p>a<sup><a href="#ftnt1"
              id="ftnt_ref1">[1]</a></sup></p>
            <hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> Chú thích</p></div><div><p>CHÂN TRANG</p></div></body>
            """);

        Assert.DoesNotContain("TRANG", body, StringComparison.Ordinal);
        Assert.Contains(
            """<a href="#bai-ftnt_ref1" id="bai-ftnt1">[1]</a> Chú thích""", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_text_is_not_mistaken_for_editorial_marks() =>
        Assert.Equal(
            "<p>a</p><p>b</p>",
            Parse(
                "<title>t</title><div><p class=header style='x-display:none'>a</p></div><div><p style='display:block'>"
                    + "b</p></div>"));

    private string Parse(string html) => _parser.Parse("a", Encoding.UTF8.GetBytes(html), default).Body;
}
