using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Statistics;

public sealed class StatisticsPageTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly Dictionary<string, string?> Settings = new() { ["FunctionKey"] = "khoa" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateOnly Today => VietnamTime.DayOf(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_new_portal_has_a_notice_that_nothing_was_counted()
    {
        await ClearAsync();

        var page = await OpenAsync();

        Assert.Equal("0", Total(page));
        Assert.Equal(30, page.QuerySelectorAll(".chart rect").Length);
        Assert.All(page.QuerySelectorAll(".chart rect"), bar => Assert.Equal("0", bar.GetAttribute("height")));
        Assert.Contains(
            "chưa có lượt truy cập nào",
            page.QuerySelector(".chart figcaption")!.TextContent,
            StringComparison.Ordinal);
        Assert.Contains("chưa có bài nào được xem", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_of_the_last_30_days_has_a_bar_and_a_row_and_older_ones_have_none()
    {
        await ClearAsync();
        await AddAsync("03", VisitTable.DayRow(Today), 30, 40);
        await AddAsync("11", VisitTable.DayRow(Today), 10, 15);
        await AddAsync("03", VisitTable.DayRow(Today.AddDays(-29)), 4, 5);
        await AddAsync("03", VisitTable.DayRow(Today.AddDays(-30)), 1000, 1000);

        var page = await OpenAsync();

        var heights = page.QuerySelectorAll(".chart rect").Select(bar => bar.GetAttribute("height")).ToList();
        Assert.Equal(["10", .. Enumerable.Repeat("0", 28), "100"], heights);
        var rows = Rows(page, "Số liệu từng ngày");
        Assert.Equal(30, rows.Count);
        Assert.Equal([VietnamTime.FormatDay(Today), "40", "55", "0"], rows[0]);
        Assert.Equal([VietnamTime.FormatDay(Today.AddDays(-29)), "4", "5", "0"], rows[29]);
        Assert.Contains(
            $"cao nhất 40 lượt, ngày {VietnamTime.FormatDay(Today)}",
            page.Body!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_most_viewed_articles_come_first_and_a_removed_one_has_no_link()
    {
        await ClearAsync();
        await storage.UploadAsync("con-day", "<title>Bài còn đây</title>");
        await AddAsync("01", VisitTable.ArticleDayRow(Today, "con-day"), 1, 4);
        await AddAsync("02", VisitTable.ArticleDayRow(Today.AddDays(-1), "con-day"), 1, 4);
        await AddAsync("01", VisitTable.ArticleDayRow(Today, "da-go"), 9, 9);
        for (var other = 0; other < 12; other++)
        {
            await AddAsync("01", VisitTable.ArticleDayRow(Today, $"it-xem-{other}"), 1, 1);
        }

        var page = await OpenAsync();

        var items = page.QuerySelectorAll(".body ol li");
        Assert.Equal(10, items.Length);
        Assert.Equal("da-go (bài đã gỡ): 9 lượt xem", Words(items[0]));
        Assert.Null(items[0].QuerySelector("a"));
        Assert.Equal("Bài còn đây: 8 lượt xem", Words(items[1]));
        Assert.Equal("/bai-viet/con-day", items[1].QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Dropped_views_are_shown_by_reason()
    {
        await ClearAsync();
        var number = 1;
        foreach (var reason in DropReasons.All)
        {
            await AddAsync("07", VisitTable.DroppedRow(Today, reason), 0, number++);
        }

        await AddAsync("08", VisitTable.DroppedRow(Today.AddDays(-5), DropReason.Bot), 0, 1233);

        var page = await OpenAsync();

        var rows = Rows(page, "Những gì không được tính");
        Assert.Equal(["1.234", "2", "3", "4", "5", "6"], rows.Select(row => row[1]));
        Assert.Contains("300 lượt trong một phút", rows[3][0], StringComparison.Ordinal);
        Assert.Equal("21", Rows(page, "Số liệu từng ngày")[0][3]);
    }

    [Fact]
    public async Task An_entry_of_the_ledger_shows_at_once_as_text_and_adds_up()
    {
        await ClearAsync();
        await AddAsync("00", VisitTable.SiteRow, 41, 50);
        await using var host = new PortalHost(storage.ConnectionString, settings: Settings);
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Add("x-functions-key", "khoa");
        Assert.Equal("41", Total(await OpenAsync(client)));

        foreach (
            var entry in new[]
            {
                new
                {
                    id = "opening",
                    amount = 1_731_932,
                    reason = "Cổng <b>cũ</b>",
                },
                new
                {
                    id = "sua-1",
                    amount = -1,
                    reason = "Đếm thừa",
                },
            })
        {
            (await client.PostAsJsonAsync("/api/ledger", entry, Cancellation)).EnsureSuccessStatusCode().Dispose();
        }

        var page = await OpenAsync(client);
        Assert.Equal("1.731.972", Total(page));
        Assert.StartsWith(
            "Số dư đầu kỳ: Cổng <b>cũ</b> (ghi:",
            Rows(page, "Các khoản")[0][0],
            StringComparison.Ordinal);
        Assert.StartsWith("Điều chỉnh: Đếm thừa", Rows(page, "Các khoản")[1][0], StringComparison.Ordinal);
        Assert.Equal("-1", Rows(page, "Các khoản")[1][1]);
    }

    private static string Total(IHtmlDocument page) =>
        page.QuerySelector("[aria-label^='Các khoản'] tfoot td")!.TextContent;

    private static List<List<string>> Rows(IHtmlDocument page, string region) =>
        [
            .. page.QuerySelectorAll($"[aria-label^='{region}'] tbody tr")
                .Select(row => row.Children.Select(Words).ToList()),
        ];

    private static string Words(IElement element) => Regex.Replace(element.TextContent, @"\s+", " ").Trim();

    private static async Task<IHtmlDocument> OpenAsync(HttpClient client) =>
        await new HtmlParser().ParseDocumentAsync(await client.GetStringAsync("/thong-ke", Cancellation), Cancellation);

    private async Task<IHtmlDocument> OpenAsync()
    {
        await using var host = new PortalHost(storage.ConnectionString, settings: Settings);
        using var client = host.CreateClient();
        return await OpenAsync(client);
    }

    private Task AddAsync(string partition, string rowKey, long visits, long views) => StoredVisits.WriteAsync(
        storage.Visits, int.Parse(partition, CultureInfo.InvariantCulture), (rowKey, visits, views));

    private async Task ClearAsync()
    {
        await foreach (var row in storage.Visits.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            await storage.Visits.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancellation);
        }
    }
}
