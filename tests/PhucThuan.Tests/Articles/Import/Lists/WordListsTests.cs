namespace PhucThuan.Tests.Articles.Import.Lists;

/// <summary>Bulleted paragraphs of Word, WPS and Word Online become lists.</summary>
[Fast]
public sealed class WordListsTests
{
    private const string Space = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>";

    private const string Listed = "margin-left:36.0pt;text-indent:-18.0pt;mso-list:l2 level1 lfo2";

    [Theory]
    [InlineData(
        $"<p class=MsoNormal style='{Listed}'><![if !supportLists]><span style='font-family:Symbol'><span "
            + $"style='mso-list:Ignore'>·{Space}</span></span><![endif]>{{0}}</p>")]
    [InlineData(
        $"<p class=MsoNormal style='{Listed}'><!--[if !supportLists]--><span style='font-family:\"Courier New\"'>"
            + $"<span style='mso-list:Ignore'>o{Space}</span></span><!--[endif]-->{{0}}</p>")]
    [InlineData($"<p class=MsoNormal style='{Listed}'><span style='mso-list:Ignore'>-{Space}</span>{{0}}</p>")]
    [InlineData(
        $"<p class=MsoListBullet style='margin-left:18.0pt;text-indent:-18.0pt'><span style='font-family:Symbol'>"
            + $"·{Space}</span>{{0}}</p>")]
    [InlineData(
        $"<p class=MsoListParagraph style='text-indent:-18.0pt'><b><span style='font-family:Symbol'>·{Space}</span>"
            + $"</b>{{0}}</p>")]
    [InlineData(
        $"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt'><span style='font-family:Wingdings'>"
            + $"§{Space}</span>{{0}}</p>")]
    [InlineData(
        "<p class=\"MsoNormal\" style=\"text-indent:-21.0pt;mso-list:l0 level1 lfo1;\"><span "
            + "style=\"font-family:Wingdings;\">l<span>&nbsp;</span></span>{0}</p>")]
    [InlineData(
        "<p class=15 style='margin-left:21pt;text-indent:-21pt'><span style='font-family:Wingdings'>Ø&nbsp;</span>"
            + "{0}</p>")]
    [InlineData("<div style='text-indent:-18pt'><font face=Symbol>·&nbsp;&nbsp;</font>{0}</div>")]
    [InlineData(
        $"<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt'><span style='font-family:\"Times New Roman\"'>"
            + $"-{Space}</span>{{0}}</p>")]
    public void A_paragraph_with_a_bullet_becomes_an_item(string paragraph)
    {
        var html = string.Concat(
            new[] { "<b>Thời gian:</b> 8 giờ", "Địa điểm" }.Select(
                text => paragraph.Replace("{0}", text, StringComparison.Ordinal)));

        Assert.Equal(
            "<p>Gồm:</p><ul><li><b>Thời gian:</b> 8 giờ</li><li>Địa điểm</li></ul><p>Hết</p>",
            ParsedFile.BodyOf($"<p>Gồm:</p>{html}<p>Hết</p>"));
    }

    [Theory]
    [InlineData("class=MsoListBullet", "class=MsoListBullet2")]
    [InlineData("class=MsoNormal style='mso-list:l0 level1 lfo1'", "class=MsoNormal style='mso-list:l0 level2 lfo1'")]
    [InlineData(
        "class=MsoListParagraph style='margin-left:.5in;text-indent:-.25in'",
        "class=MsoListParagraph style='margin-left:1.0in;text-indent:-.25in'")]
    public void A_deeper_level_becomes_a_nested_list(string outer, string inner) => Assert.Equal(
        "<ul><li>Vệ sinh<ul><li>Đoạn từ cầu</li></ul></li><li>Trồng hoa</li></ul>",
        ParsedFile.BodyOf(Item(outer, "Vệ sinh") + Item(inner, "Đoạn từ cầu") + Item(outer, "Trồng hoa")));

    [Theory]
    [InlineData("<p role=heading aria-level=1>Phần một</p>", "<h2>Phần một</h2>")]
    [InlineData(
        "<div><p class=Paragraph role=\"heading\" aria-level=\"2\"><span>Phần một</span><span class=EOP>&nbsp;</span>"
            + "</p></div>", "<h2>Phần một")]
    public void A_heading_of_Word_Online_is_a_heading(string html, string heading) =>
        Assert.StartsWith(
            heading, ParsedFile.BodyOf("<p>Mở đầu</p>" + html)["<p>Mở đầu</p>".Length..], StringComparison.Ordinal);

    [Fact]
    public void One_item_lists_of_Word_Online_are_merged()
    {
        var body = ParsedFile.BodyOf(
            Online("ol", 1, "Việc một", "1") + Online("ol", 1, "Việc hai", "2") + Online("ol", 2, "Việc nhỏ", "1")
                + Online("ol", 1, "Việc ba", "3"))
            .Replace("<p>", "", StringComparison.Ordinal).Replace("</p>", "", StringComparison.Ordinal);

        Assert.Matches(
            "^<ol[^>]*><li>Việc một</li><li>Việc hai<ol[^>]*><li>Việc nhỏ</li></ol></li><li>Việc ba</li></ol>$", body);
    }

    [Fact]
    public void Bullets_of_Word_Online_become_one_list() => Assert.Matches(
        "^<ul[^>]*><li>(?:<p>)?Loa(?:</p>)?</li><li>(?:<p>)?Bàn(?:</p>)?</li></ul>$",
        ParsedFile.BodyOf(Online("ul", 1, "Loa") + Online("ul", 1, "Bàn")));

    private static string Item(string attributes, string text) =>
        $"<p {attributes}><span style='font-family:Symbol'>·{Space}</span>{text}</p>";

    private static string Online(string tag, int level, string text, string? start = null) =>
        $"<div class=\"ListContainerWrapper SCXW1\"><{tag} role=list{(start is null ? "" : $" start=\"{start}\"")}>"
            + $"<li data-aria-level=\"{level}\" class=\"OutlineElement Ltr\">"
        + $"<p class=\"Paragraph\"><span class=\"TextRun\">{text}</span></p></li></{tag}></div>";
}
