using PhucThuan.Portal.Articles;

namespace PhucThuan.Tests.Articles.Metadata;

[Fast]
public sealed class ArticleMetadataTests
{
    [Theory]
    [InlineData("<meta name=date content='mai'>")]
    [InlineData("<META NAME='Date' CONTENT='31/02/2027'>")]
    [InlineData("<meta name=date content='12/24/2026 7:30'>")]
    [InlineData("<meta property='article:published_time' content='24 thang 12'>")]
    [InlineData("<meta name=date content='20/11/2026'><meta name='dcterms.date' content='?'>")]
    public void An_unreadable_date_withholds_the_article(string meta)
    {
        var failure = Assert.Throws<NotAnArticleException>(() => ParsedFile.Of($"<title>t</title>{meta}<p>a</p>"));

        Assert.Contains("không đọc được ngày", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<meta name=created content='2014-03-05T08:00:00'>")]
    [InlineData("<meta name=created content='00:00:00'><meta name=changed content='00:00:00'>")]
    [InlineData("<meta name='dcterms.created' content='2014-03-05'>")]
    [InlineData(
        "<meta name='DCTERMS.issued' content='2014-03-05T08:00:00'><meta name='DCTERMS.creator' content='Admin'>")]
    [InlineData("<meta name=date content=' '>")]
    [InlineData(
        "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Admin</o:Author><o:Created>"
            + "2014-03-05T01:00:00Z</o:Created></o:DocumentProperties></xml><![endif]-->")]
    public void Generated_properties_set_neither_date_nor_author(string meta)
    {
        var article = ParsedFile.Of($"<title>t</title>{meta}<p>a</p>");

        Assert.Equal((ParsedFile.Uploaded, null), (article.Summary.Published, article.Summary.Author));
        Assert.Empty(article.Remarks);
    }

    [Fact]
    public void An_author_that_an_editor_added_is_shown() => Assert.Equal(
        "Lan Anh",
        ParsedFile.Of(
            "<title>t</title><meta name=generator content='LibreOffice 24.2'><meta name=author content=Admin><meta "
                + "name=created content=x><meta name=author content='Lan Anh'><p>a").Summary.Author);

    [Fact]
    public void Author_and_date_are_not_repeated_in_the_text() => Assert.Equal(
        "<p>a</p>",
        ParsedFile.Of(
            "<title>t</title><meta name=author content='Ban Biên tập'><meta name=date content='20-11-2026'><header>"
                + "<h1 class=title>t</h1><p class=author>Ban Biên tập</p><p"
                + " class=date>20/11/2026</p></header><p>a</p>").Body);
}
