namespace PhucThuan.Tests.Articles.Reading;

/// <summary>Remarks about a file: those that need a correction, and those that only inform.</summary>
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
    public void Intended_omissions_and_conversions_need_no_correction(string html)
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
    public void Content_that_readers_lack_needs_correction(string html)
    {
        var article = ParsedFile.Of("<meta charset=utf-8><title>t</title>" + html + "<p>Lời của bài.</p>");

        Assert.NotEmpty(article.Remarks.Except(article.Notes));
    }
}
