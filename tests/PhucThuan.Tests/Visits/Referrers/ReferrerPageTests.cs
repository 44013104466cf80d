using System.Globalization;
using System.Text.Json;
using AngleSharp.Html.Parser;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Tests.Visits.Counting;
using PhucThuan.Tests.Visits.Statistics;

namespace PhucThuan.Tests.Visits.Referrers;

/// <summary>Hosts of referrers on the statistics page and in the export.</summary>
public sealed class ReferrerPageTests(StatisticsFixture portal) : IClassFixture<StatisticsFixture>
{
    private static readonly string Today = VietnamTime.FormatIso(StatisticsFixture.Today);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_shows_the_ten_most_frequent_hosts_as_text_and_the_export_all_by_day()
    {
        var day = StatisticsFixture.Today;
        await StoredVisits.WriteAsync(
            portal.Storage.Visits,
            1,
            [
                (VisitTable.ReferrerRow(day, "facebook.com"), 30, 30),
                (VisitTable.ReferrerRow(day, "it-luot.vn"), 2, 2),
                (VisitTable.ReferrerRow(day, "*"), 5, 5),
                .. Enumerable.Range(0, 11).Select(number => (
                    VisitTable.ReferrerRow(day, $"trang-{number:00}.vn"), 20L - number, 20L - number)),
            ]);
        await StoredVisits.WriteAsync(
            portal.Storage.Visits,
            9,
            (VisitTable.ReferrerRow(day.AddDays(-1), "facebook.com"), 4, 4),
            (VisitTable.ReferrerRow(day.AddDays(-31), "facebook.com"), 1000, 1000));

        var page = await new HtmlParser().ParseDocumentAsync(
            await portal.Client.GetStringAsync("/thong-ke", Cancellation), Cancellation);
        var file = JsonDocument.Parse(await portal.Client.GetStringAsync(
            $"/api/statistics.json?from={VietnamTime.FormatIso(day.AddDays(-1))}&to={Today}", Cancellation));

        var rows = page.QuerySelectorAll("[aria-label='Người đọc đến từ đâu'] tbody tr");
        Assert.Equal(
            ["facebook.com 34", .. Enumerable.Range(0, 9).Select(number => $"trang-{number:00}.vn {20 - number}")],
            rows.Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.Empty(rows.SelectMany(row => row.QuerySelectorAll("a")));
        var exported = file.RootElement.GetProperty("referrers").EnumerateArray().Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.GetProperty("day")} {row.GetProperty("host")} {row.GetProperty("visits")}")).ToList();
        Assert.Equal(15, exported.Count);
        Assert.Equal(
            [
                $"{VietnamTime.FormatIso(day.AddDays(-1))} facebook.com 4",
                $"{Today} * 5",
                $"{Today} facebook.com 30",
                $"{Today} it-luot.vn 2",
            ],
            exported.Take(4));
    }
}
