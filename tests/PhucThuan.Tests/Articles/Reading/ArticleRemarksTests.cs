namespace PhucThuan.Tests.Articles.Reading;

/// <summary>What an editor reads of a file: what to correct, and what was done as it was meant.</summary>
[Fast]
public sealed class ArticleRemarksTests
{
    [Theory]
    [InlineData("<p hidden>KÍN</p>")]
    [InlineData("<comment>KÍN</comment>")]
    [InlineData("<del datetime=x>KÍN</del>")]
    [InlineData("<div style='mso-element:header'>KÍN</div>")]
    [InlineData("<sdfield type=AUTHOR>KÍN</sdfield>")]
    [InlineData("<p>C:\\Users\\KIN\\mau.docx</p>")]
    [InlineData("<nav>KÍN</nav>")]
    [InlineData("<p>Tiáº¿ng Viá»‡t cá»§a xã</p>")]
    [InlineData("<p><font face='.VnTime'>Céng hßa x· héi chñ nghÜa ViÖt Nam</font></p>")]
    public void What_was_left_out_or_converted_needs_no_correction(string html)
    {
        var article = ParsedFile.Of("<meta charset=utf-8><title>t</title><p>Lời của bài.</p>" + html);

        Assert.True(article.Notes.SetEquals(article.Remarks));
        Assert.Single(article.Remarks);
    }

    [Theory]
    [InlineData("<p><a href=tep.exe>tệp</a></p>")]
    [InlineData("<img src='http://khac.example/a.jpg'>")]
    [InlineData("<img src='C:\\anh.jpg'>")]
    [InlineData("<meta name=expires content='mai mốt'>")]
    public void What_readers_do_not_get_needs_correction(string html)
    {
        var article = ParsedFile.Of("<meta charset=utf-8><title>t</title>" + html + "<p>Lời của bài.</p>");

        Assert.NotEmpty(article.Remarks.Except(article.Notes));
    }
}
