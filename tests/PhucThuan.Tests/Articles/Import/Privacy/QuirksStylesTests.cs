using System.Text.RegularExpressions;

namespace PhucThuan.Tests.Articles.Import.Privacy;

/// <summary>
/// Browsers render a file without a doctype in quirks mode; Google Docs, old Word and HTML editors write such files.
/// </summary>
[Fast]
public sealed partial class QuirksStylesTests
{
    public static TheoryData<string> Hiding =>
    [
        "<style>.C7{display:none}</style><p>a</p><p class=c7>KÍN</p>",
        "<style>.c7{display:none}</style><p>a</p><p class='MsoNormal C7'>KÍN</p>",
        "<style>#An{display:none}</style><p>a</p><p id=aN>KÍN</p>",
        "<style>P.An#Kin.C1{visibility:hidden}</style><p>a</p><p class='c1 an' id=KIN>KÍN</p>",
        "<style>@media screen{.Kin{display:none}}</style><p>a</p><p class=kin>KÍN</p>",
        "<style>@media screen{@media (min-width:9px){b,.Kin{display:none}}}</style><p>a</p><p class=KIN>KÍN</p>",
        "<style>.Hop > .An{display:none}</style><p>a</p><div class=hop><p class=an>KÍN</p></div>",
        "<style>#Hop .An:not(.Hien){display:none}</style><p>a</p><div id=hop><p class=an>KÍN</p></div>",
        "<style>.Hop{.An{display:none}}</style><p>a</p><div class=hop><p class=an>KÍN</p></div>",
        "<style>.\\58{display:none}</style><p>a</p><p class=x>KÍN</p>",
        "<style>.An{color:red}.aN{display:none}</style><p>a</p><p class=an>KÍN</p>",
        "<style>.An{color:red}[class~=an]{display:none}</style><p>a</p><p class=an>KÍN</p>",
        "<style>#An{color:red}#aN{display:none}</style><p>a</p><p id=an>KÍN</p>",
        "<style>.c2{display:none}</style><style>.C1{color:red}</style><p>a</p><p class='C2 c1'>KÍN</p>",
        "<p>a</p><p style='color:ffffff'>KÍN</p><p style='COLOR : FFF !important;margin:0'>KÍN</p>",
        "<style>.x{color:fefefe}</style><p>a</p><p class=x>KÍN</p>",
        "<p>a</p><p style='text-indent:-9999'>KÍN</p><p style='margin:0;margin-left: -9999 ;'>KÍN</p>",
        "<p>a</p><p style='margin: 0 0 0 -9999'>KÍN</p><p style='margin:-9999 0'>KÍN</p>",
        "<style>.An\\:1{color:red}.aN\\:1{display:none}</style><p>a</p><p class=an:1>KÍN</p>",
        "<p>a</p><p style='position:absolute;left:-9999'>KÍN</p><p style='font-size:1'>KÍN</p>",
        "<style>.x{height:1;overflow:hidden}</style><p>a</p><p class=x>KÍN</p>",
    ];

    private static readonly string[] Doctypes =
    [
        "",
        "<!-- Sổ tay -->\n",
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0 Transitional//EN\">",
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">",
    ];

    [Theory]
    [MemberData(nameof(Hiding))]
    public void Text_that_a_browser_hides_in_quirks_mode_is_not_published(string html) =>
        Assert.All(Doctypes, doctype =>
        {
            var article = ParsedFile.Of(doctype + "<meta charset=utf-8><title>t</title>" + html);

            Assert.DoesNotContain("KÍN", ParsedFile.AllOf(article), StringComparison.Ordinal);
            Assert.Equal("<p>a</p>", article.Body.Trim());
            ParsedFile.HasRemark(article, "chữ ẩn");
        });

    [Theory]
    [InlineData("<style>.C7{display:none}</style><p class=c7>a</p>")]
    [InlineData("<style>#An{display:none}</style><p id=an>a</p>")]
    [InlineData("<style>@media screen{p.An{display:none}}</style><p class=AN>a</p>")]
    [InlineData("<p style='color:ffffff'>a</p>")]
    [InlineData("<p style='text-indent:-9999;font-size:1'>a</p>")]
    [InlineData("<style>.x{height:1;overflow:hidden}</style><p class=x>a</p>")]
    public void With_a_doctype_names_keep_their_case_and_values_their_units(string html) =>
        Assert.All(
            [
                "<!DOCTYPE html>",
                "<!-- saved --><!doctype HTML SYSTEM \"about:legacy-compat\">",
                "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" "
                    + "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">",
            ],
            doctype => Assert.Equal(
                "<p>a</p>",
                Attributes().Replace(
                    ParsedFile.Of(doctype + "<html><head><meta charset=utf-8><title>t</title></head>" + html).Body, "")
                    .Trim()));

    [Theory]
    [InlineData("<style>[class~=An]{display:none}</style><p class=an>a</p>")]
    [InlineData("<style>.An[data-c='.An']{display:none}</style><p class=an data-c=.an>a</p>")]
    [InlineData("<style>.An{display:none}.aN{display:block}</style><p class=an>a</p>")]
    [InlineData("<style>#An{display:none}p{color:FFF000}</style><p class=an id=Anh>a</p>")]
    [InlineData("<p style='background-color:003366;color:ffffff'>a</p>")]
    [InlineData("<p title='color:ffffff'>a</p>")]
    public void Other_text_of_a_file_without_doctype_stays(string html) =>
        Assert.Equal("<p>a</p>", Attributes().Replace(ParsedFile.BodyOf(html), ""));

    [Fact]
    public void Class_names_of_Word_are_recognised_in_any_case() => Assert.Equal(
        "<p>a</p>",
        ParsedFile.BodyOf(
            "<style>p.msonormal,.msocommenttext{margin:0}p.msofooter{color:red}</style><p class=MsoNormal>a</p>"
                + "<p class=MsoCommentText>KÍN</p><p class=MsoFooter>Trang 1</p>"));

    [GeneratedRegex("(?<=<p)[^>]*")]
    private static partial Regex Attributes();
}
