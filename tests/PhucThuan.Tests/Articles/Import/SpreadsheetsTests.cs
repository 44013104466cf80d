namespace PhucThuan.Tests.Articles.Import;

/// <summary>
/// Column letters and row numbers that spreadsheets export around their cells, and table heads that resemble them.
/// </summary>
[Fast]
public sealed class SpreadsheetsTests
{
    [Theory]
    [InlineData("<tr><td></td><td>A</td><td>B</td></tr><tr><td>1</td><td>Xóm</td><td>Số hộ</td></tr>")]
    [InlineData("<thead><tr><th></th><th>A</th><th>B</th></tr></thead><tr><th>4</th><td>Xóm</td><td>Số hộ</td></tr>")]
    [InlineData(
        "<tr><td>&nbsp;</td><td>A<td>B</tr><tr><td>1<td>Xóm<td>Số hộ</tr><tr><td>3<td>Đài<td>57</tr>")]
    public void Column_letters_and_row_numbers_are_removed(string rows)
    {
        var body = ParsedFile.BodyOf($"<table border=1>{rows}</table>");

        Assert.Contains("Số hộ", body, StringComparison.Ordinal);
        Assert.DoesNotMatch(">(?:A|B|1|3|4)<", body);
    }

    [Theory]
    [InlineData("<tr><td>A</td><td>B</td></tr><tr><td>Chè</td><td>Lúa</td></tr>")]
    [InlineData("<tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>")]
    [InlineData("<tr><th></th><th>A</th><th>B</th></tr><tr><td>Xóm Đài</td><td>1</td><td>2</td></tr>")]
    [InlineData(
        "<tr><th></th><th>A</th><th>B</th></tr><tr><td>9</td><td>1</td><td>2</td></tr><tr><td>2<td>3<td>4</tr>")]
    [InlineData("<tr><th></th><th>A</th><th>B</th></tr>")]
    public void A_table_head_of_letters_stays(string rows)
    {
        var body = ParsedFile.BodyOf($"<table border=1>{rows}</table>");

        Assert.Matches(">A<", body);
        Assert.Matches(">B<", body);
    }
}
