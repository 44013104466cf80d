using System.Text;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Import;

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
    [InlineData("<p>a<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>KÍN</a></span></p><hr class=msocomoff><div class=msocomtxt><p>KÍN</p></div>")]
    [InlineData("<p>a<sup><a href='#cmnt1' id=cmnt_ref1>[KÍN]</a></sup></p><div class=c3><p><a href='#cmnt_ref1' id=cmnt1>[a]</a>KÍN</p><p>KÍN</p></div>")]
    public void What_was_not_meant_for_readers_is_not_published(string html) =>
        Assert.Equal("<p>a</p>", Parse("<title>t</title>" + html));

    [Fact]
    public void Headers_of_Google_Docs_are_of_its_paper_and_its_notes_of_the_text()
    {
        var body = Parse("""
            <title>t</title><body class="c1 doc-content"><div><p>ĐẦU TRANG</p></div><p>a<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p>
            <hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> Chú thích</p></div><div><p>CHÂN TRANG</p></div></body>
            """);

        Assert.DoesNotContain("TRANG", body, StringComparison.Ordinal);
        Assert.Contains("""<a href="#bai-ftnt_ref1" id="bai-ftnt1">[1]</a> Chú thích""", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_else_is_taken_for_hidden() =>
        Assert.Equal("<p>a</p><p>b</p>", Parse("<title>t</title><div><p class=header style='x-display:none'>a</p></div><div><p style='display:block'>b</p></div>"));

    private string Parse(string html) => _parser.Parse("a", Encoding.UTF8.GetBytes(html), default).Body;
}
