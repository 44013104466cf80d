using System.Text;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Import.Lists;

[Fast]
public sealed class ImportedListsTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Fact]
    public void Word_list_items_are_nested_by_their_margins() => Assert.Equal(
        "<p>Gồm:</p><ul><li>một</li><li>hai<ul><li>hai rưỡi</li></ul></li><li>ba</li></ul><p>Hết</p><ul><li>bốn</li>"
            + "</ul>",
        Parse(
            "<p>Gồm:</p>" + Word("·", "Symbol", "36.0pt", "một") + Word("§", "Wingdings", ".5in", "hai")
                + Word("o", "Courier New", "2.54cm", "hai rưỡi")
            + Word("·", "Symbol", "36.0pt", "ba") + "<p>Hết</p>" + Word("Ø", "Wingdings", "0cm", "bốn")));

    [Theory]
    [InlineData("<p class=MsoListParagraph>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>một</p>")]
    [InlineData("<p class=MsoListParagraph><span style='font-family:Symbol'>ab</span>một</p>")]
    [InlineData("<p class=MsoListParagraph>một</p>")]
    public void Paragraphs_without_a_bullet_stay_paragraphs(string html) =>
        Assert.StartsWith("<p>", Parse(html), StringComparison.Ordinal);

    [Fact]
    public void One_space_separates_a_number_from_its_text() =>
        Assert.Equal(
            "<p>1. một</p>",
            Parse(
                "<p class=MsoListParagraph>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>một</p>")
        );

    [Fact]
    public void Google_Docs_lists_are_nested_by_their_classes() => Assert.Equal(
        "<ul><li>một<ul><li>một rưỡi<ol><li>sâu</li></ol></li><li>nữa</li></ul></li><li>hai</li></ul>",
        Parse(
            Google("ul", "kix_a-0 start", "một") + Google("ul", "kix_a-1 start", "một rưỡi")
                + Google("ol", "kix_a-2 start", "sâu")
            + Google("ul", "kix_a-1", "nữa") + Google("ul", "kix_a-0", "hai")));

    [Fact]
    public void A_Google_Docs_list_continues_its_numbering_and_another_restarts() => Assert.Equal(
        """<ol start="1"><li>một<ol><li>a</li></ol></li><li>hai</li></ol><p>x</p><ol start="3"><li>ba</li></ol><ol>"""
            + """<li>khác</li></ol>""",
        Parse(
            Google("ol", "kix_b-0 start", "một", "1") + Google("ol", "kix_b-1 start", "a")
                + Google("ol", "kix_b-0", "hai", "2")
            + "<p>x</p>" + Google("ol", "kix_b-0", "ba", "3") + Google("ol", "kix_c-0 start", "khác")));

    private static string Word(string bullet, string font, string margin, string text) =>
        $"<p class=MsoListParagraphCxSpMiddle style='margin-left:{margin};text-indent:-18.0pt'><span "
            + $"style='font-family:\"{font}\"'>{bullet}"
        + $"<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>{text}</p>\n";

    private static string Google(string tag, string list, string text, string? start = null) =>
        $"<{tag} class=\"c5 lst-{list}\"{(start is null ? "" : $" start={start}")}><li class=\"c0 li-bullet-0\"><span "
            + $"class=c1>{text}</span></li></{tag}>";

    private string Parse(string html) =>
        _parser.Parse("a", Encoding.UTF8.GetBytes("<title>t</title>" + html), default).Body.Replace(
            "\n", "", StringComparison.Ordinal);
}
