using System.Text;
using PhucThuan.Portal;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Reading;

/// <summary>Files that have more markup than is read, such as a list of 3,000 households as Word writes it.</summary>
[Fast]
public sealed class MarkupLimitTests
{
    private const int Columns = 9;

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Fact]
    public void Beyond_the_limit_the_head_counts_and_each_row_is_a_line()
    {
        var article = Parse(3000);
        var lines = article.Body.Replace("</pre>", "", StringComparison.Ordinal).Split('\n');

        Assert.Equal(("Danh sách hộ", "Văn phòng", "Thông báo", "Năm 2026"),
            (article.Summary.Title, article.Summary.Author, article.Summary.Category, article.Summary.Description));
        Assert.Equal("20-11-2026 07:30", VietnamTime.Format(article.Summary.Published));
        Assert.Equal("<pre>Kính gửi bà con &amp; các xóm", lines[0]);
        Assert.Equal(string.Join(" | ", Enumerable.Range(0, Columns).Select(column => $"Ô 0-{column}")), lines[1]);
        Assert.Equal(3001, lines.Length);
        Assert.Single(article.Remarks);
    }

    // The first took minutes, the second gave back tags that had just been taken away.
    [Theory]
    [InlineData("<", 4_000_000)]
    [InlineData("<b<i>>", 500_000)]
    public void Brackets_without_end_are_text(string text, int count)
    {
        var article = _parser.Parse("a", Encoding.UTF8.GetBytes(Repeat("<p>a", MarkupLimit.MaxTags + 1) + Repeat(text, count)), default);

        Assert.Equal(2, article.Body.Count(letter => letter == '<'));
    }

    // AngleSharp's InnerHtml took half a minute and more for these.
    [Fact]
    public void Elements_side_by_side_are_written_as_they_are() => Assert.Equal(
        "<p>" + Repeat("chè<br>", MarkupLimit.MaxTags)[..^"<br>".Length] + "</p>",
        _parser.Parse("a", Encoding.UTF8.GetBytes(Repeat("chè<br>", MarkupLimit.MaxTags)), default).Body);

    private Article Parse(int rows) => _parser.Parse("a", Encoding.UTF8.GetBytes($"""
        <html><head><title>Danh sách hộ</title><meta name=date content="20-11-2026 07:30"><meta name=author content="Văn phòng">
        <meta name=category content="Thông báo"><meta name=description content="Năm 2026"><style>p {"{}"}</style></head>
        <body><p>Kính gửi bà con &amp; các xóm</p><table border=1>{string.Concat(Enumerable.Range(0, rows).Select(Row))}</table></body></html>
        """), default);

    private static string Row(int row) => $"<tr>{string.Concat(Enumerable.Range(0, Columns).Select(column => Cell($"Ô {row}-{column}")))}</tr>\n";

    private static string Cell(string text) =>
        $"<td width=64 style='width:48pt'><p class=MsoNormal><span style='font-size:12pt'>{text}<o:p></o:p></span></p></td>";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
