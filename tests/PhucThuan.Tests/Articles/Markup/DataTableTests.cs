using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Markup;

/// <summary>Markup of tables for the style sheet: shape, head, labels, numbers, times.</summary>
[Fast]
public sealed class DataTableTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData(2, 3, "regular")]
    [InlineData(3, 3, "regular cards")]
    [InlineData(5, 3, "wide regular cards")]
    [InlineData(8, 3, "wide regular cards")]
    [InlineData(9, 3, "wide regular")]
    [InlineData(4, 20, "regular cards")]
    [InlineData(4, 21, "long regular cards")]
    [InlineData(12, 700, "wide long regular")]
    public void The_container_has_classes_for_the_shape(int columns, int rows, string expected) =>
        Assert.Equal("table-scroll " + expected, Parse(Table(columns, rows)).ClassName);

    [Theory]
    [InlineData("<tr><th>a<th>b<th>c</tr><tr><td>1<td colspan=2>2</tr>")]
    [InlineData("<tr><th>a<th>b<th>c</tr><tr><td rowspan=2>1<td>2<td>3</tr><tr><td>4<td>5</tr>")]
    [InlineData("<thead><tr><th colspan=2>a<th>b</tr><tr><th>c<th>d<th>e</tr></thead><tr><td>1<td>2<td>3</tr>")]
    [InlineData("<tr><th>a<th>b<th>c</tr><tr><td>1<td>2</tr>")]
    [InlineData("<tr><th>a<th>b<th>c</tr><tr><td>1<td>2<td><table><tr><td>3</table></tr>")]
    public void A_table_with_merged_or_missing_cells_has_no_cards(string rows)
    {
        var box = Parse($"<table border=1>{rows}</table>");

        Assert.DoesNotContain("cards", box.ClassName!, StringComparison.Ordinal);
        Assert.DoesNotContain("regular", box.ClassName!, StringComparison.Ordinal);
        Assert.Empty(box.QuerySelectorAll("[data-label]"));
    }

    [Fact]
    public void A_table_without_a_head_has_no_cards()
    {
        var box = Parse("<table border=1><tr><td>a<td>b<td>c</tr><tr><td>d<td>e<td>f</tr></table>");

        Assert.Equal("table-scroll regular", box.ClassName);
        Assert.Null(box.QuerySelector("thead"));
    }

    [Fact]
    public void Each_cell_of_a_card_is_labelled_with_its_head()
    {
        var box = Parse(
            "<table><thead><tr><th>Buổi<th>Ngày <br>tiêm<th></tr></thead><tbody><tr><th>1<td>8/10<td>x</tr></tbody>"
                + "<tfoot><tr><td>Cộng<td>2<td>3</tr></tfoot></table>");

        Assert.Equal(
            ["Buổi", "Ngày tiêm", null, "Buổi", "Ngày tiêm", null],
            box.QuerySelectorAll("tbody th, tbody td, tfoot td").Select(cell => cell.GetAttribute("data-label")));
    }

    [Fact]
    public void A_label_is_text_whatever_the_head_contains()
    {
        var box = Parse(
            "<table><thead><tr><th>&lt;b&gt;\"'&amp;<th>b<th>c</tr></thead><tr><td>1<td>2<td>3</tr></table>");

        Assert.Equal("<b>\"'&", box.QuerySelector("td")!.GetAttribute("data-label"));
    }

    [Theory]
    [InlineData("<tr><td><b>Họ tên</b><td><p><strong>Xóm</strong></p></tr><tr><td>An<td>Đồi Cọ</tr>")]
    [InlineData("<tr><th>Họ tên<th>Xóm</tr><tr><td>An<td>Đồi Cọ</tr>")]
    [InlineData("<tr><td style='font-weight:bold'>Họ tên<td><b>Xóm</b></tr><tr><td>An<td>Cọ</tr>")]
    public void A_first_row_in_bold_is_the_head(string rows)
    {
        var box = Parse($"<table border=1>{rows}</table>");

        Assert.Equal(
            ["Họ tên", "Xóm"], box.QuerySelectorAll("thead th").Select(cell => cell.TextContent.Trim()));
        Assert.Single(box.QuerySelectorAll("tbody tr"));
    }

    [Theory]
    [InlineData("<tr><td><b>Họ</b> tên<td><b>Xóm</b></tr><tr><td>An<td>Đồi Cọ</tr>")]
    [InlineData("<tr><td><b>An</b><td><b>Đồi Cọ</b></tr><tr><td><b>Bảo</b><td><b>Gò Mận</b></tr>")]
    [InlineData("<tr><td><b>An</b><td></tr><tr><td>Bảo<td>Gò Mận</tr>")]
    [InlineData("<tr><td><b>An</b><td><b>Đồi Cọ</b></tr>")]
    [InlineData("<tr><td rowspan=2><b>Tên</b><td><b>Nơi</b></tr><tr><td>Xóm</tr><tr><td>An<td>Đồi Cọ</tr>")]
    public void Any_other_first_row_is_not_the_head(string rows) =>
        Assert.Null(Parse($"<table border=1>{rows}</table>").QuerySelector("thead"));

    [Theory]
    [InlineData("STT", true)]
    [InlineData("TT", true)]
    [InlineData("Số thứ tự", true)]
    [InlineData("Tên", false)]
    public void The_name_column_beside_a_row_number_column_stays_in_sight(string head, bool expected)
    {
        var table = $"<table><thead><tr><th>{head}<th>b<th>c<th>d<th>e</tr></thead>"
            + "<tr><td>1<td>2<td>3<td>4<td>5</tr></table>";

        Assert.Equal(expected, Parse(table).ClassList.Contains("numbered"));
    }

    [Theory]
    [InlineData("42", "7")]
    [InlineData("1.420.000", "950")]
    [InlineData("1 420 000", "950")]
    [InlineData("3,5", "12")]
    [InlineData("3,5%", "12 %")]
    [InlineData("-2", "+3")]
    [InlineData("1.200 đồng", "900 đồng")]
    [InlineData("12 ha", "-")]
    [InlineData("12 m²", "")]
    public void A_column_of_numbers_is_marked_with_its_head(string one, string other)
    {
        var box = Parse(TwoColumns(one, other));

        Assert.Equal(3, box.QuerySelectorAll("tr > .number:nth-child(2)").Length);
        Assert.Equal(3, box.QuerySelectorAll(".number").Length);
    }

    [Theory]
    [InlineData("0912345678", "0987654321")]
    [InlineData("08/10/2026", "09/10/2026")]
    [InlineData("7 giờ 30", "8")]
    [InlineData("12", "mười hai")]
    [InlineData("8A", "9B")]
    [InlineData("", "-")]
    public void Any_other_column_is_not_marked(string one, string other) => Assert.Empty(
        Parse(TwoColumns(one, other)).QuerySelectorAll(".number"));

    [Theory]
    [InlineData("7 giờ 30 – 10 giờ 30", "7_giờ_30_– 10_giờ_30")]
    [InlineData("từ 8 giờ đến 14 giờ", "từ 8_giờ đến 14_giờ")]
    [InlineData("02-10-2021 09:40", "02-10-2021_09:40")]
    [InlineData("08/10/2026, 7 giờ 30", "08/10/2026,_7_giờ_30")]
    [InlineData("ngày 8 tháng 10 năm 2026", "ngày 8_tháng_10 năm_2026")]
    [InlineData("5 cây và 7 bầu", "5 cây và 7 bầu")]
    public void Times_and_dates_stay_on_one_line(string text, string expected) => Assert.Equal(
        expected,
        Parse($"<table border=1><tr><td>{text}</table>").QuerySelector("td")!.TextContent.Replace('\u00A0', '_'));

    private static string TwoColumns(string one, string other) =>
        "<table><thead><tr><th>Tên<th>Số</tr></thead>"
            + $"<tr><td>An<td>{one}</tr><tr><td>Bảo<td>{other}</tr></table>";

    private static string Table(int columns, int rows)
    {
        string Row(string cell) => "<tr>" + string.Concat(Enumerable.Repeat(cell, columns)) + "</tr>";
        var body = string.Concat(Enumerable.Repeat(Row("<td>x"), rows));
        return $"<table><thead>{Row("<th>Tên")}</thead><tbody>{body}</table>";
    }

    /// <summary>The scroll container of the article's table.</summary>
    private IElement Parse(string html)
    {
        var body = _parser.Parse("a", Encoding.UTF8.GetBytes("<title>t</title>" + html), default).Body;
        return new HtmlParser().ParseDocument(body).QuerySelector(".table-scroll")!;
    }
}
