using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Counting;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Tests.Visits.Statistics;

/// <summary>Today is 24 November 2026. The numbers of 400 days are kept, since 21 October 2025.</summary>
public sealed class MonthReportTests(StatisticsFixture portal) : IClassFixture<StatisticsFixture>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await StoredVisits.ClearAsync(portal.Storage.Visits);
        await portal.Services.GetRequiredService<IFusionCache>().ClearAsync(allowFailSafe: false);
    }

    [Fact]
    public async Task A_month_has_its_own_days_articles_sites_and_entries_only()
    {
        await StoredVisits.WriteAsync(
            portal.Storage.Visits,
            4,
            (VisitTable.DayRow(new(2026, 9, 30)), 900, 900),
            (VisitTable.DayRow(new(2026, 10, 1)), 62, 124),
            (VisitTable.DayRow(new(2026, 10, 31)), 31, 62),
            (VisitTable.DayRow(new(2026, 11, 1)), 700, 700),
            (VisitTable.ArticleDayRow(new(2026, 10, 31), "da-go"), 5, 9),
            (VisitTable.ArticleDayRow(new(2026, 11, 1), "bai-khac"), 5, 9),
            (VisitTable.ReferrerRow(new(2026, 10, 2), "zalo.me"), 3, 3),
            (VisitTable.DroppedRow(new(2026, 10, 2), DropReason.Bot), 0, 17));
        await AppendAsync("opening", new DateTimeOffset(2026, 10, 31, 23, 0, 0, TimeSpan.FromHours(7)));
        await AppendAsync("sua-1", new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(7)));

        var page = await OpenAsync("2026-10");

        Assert.Equal("Báo cáo truy cập tháng 10/2026", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(
            ["93", "186", "3", "01/10/2026"],
            page.QuerySelectorAll(".figures dd").Select(number => number.TextContent));
        var rows = page.QuerySelectorAll("[aria-label='Số liệu từng ngày'] tbody tr").Select(Words).ToList();
        Assert.Equal(31, rows.Count);
        Assert.Equal("01/10/2026 62 124 0", rows[0]);
        Assert.Equal("02/10/2026 0 0 17", rows[1]);
        Assert.Equal("31/10/2026 31 62 0", rows[30]);
        Assert.Equal(["da-go (bài đã gỡ): 9 lượt xem"], page.QuerySelectorAll(".report ol li").Select(Words));
        Assert.Equal(
            ["zalo.me 3"],
            page.QuerySelectorAll("[aria-label='Người đọc đến từ đâu'] tbody tr").Select(Words));
        Assert.Equal(["Số dư đầu kỳ: 5 (lý do)"], page.QuerySelectorAll(".report > ul li").Select(Words));
        Assert.Equal(
            ["/thong-ke/2026-09", "/thong-ke/2026-11"],
            page.QuerySelectorAll("nav.months a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task The_current_month_ends_today_and_has_no_next()
    {
        await StoredVisits.WriteAsync(portal.Storage.Visits, 4, (VisitTable.DayRow(StatisticsFixture.Today), 1, 2));

        var page = await OpenAsync("2026-11");

        Assert.Equal(24, page.QuerySelectorAll("[aria-label='Số liệu từng ngày'] tbody tr").Length);
        Assert.Equal(
            ["/thong-ke/2026-10"], page.QuerySelectorAll("nav.months a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("2026-10", "Không có lượt truy cập nào trong tháng này.")]
    [InlineData("2025-09", "Số liệu từng ngày của tháng này không còn được giữ.")]
    [InlineData("2000-01", "Số liệu từng ngày của tháng này không còn được giữ.")]
    public async Task A_month_without_numbers_has_a_notice(string month, string sentence)
    {
        var page = await OpenAsync(month);

        Assert.Contains(sentence, Words(page.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main table"));
    }

    [Fact]
    public async Task A_partly_retained_month_has_a_notice()
    {
        await StoredVisits.WriteAsync(portal.Storage.Visits, 4, (VisitTable.DayRow(new(2025, 10, 22)), 1, 2));

        var page = await OpenAsync("2025-10");

        Assert.Contains(
            "trước ngày 21/10/2025 không còn được giữ",
            Words(page.QuerySelector("main")!),
            StringComparison.Ordinal);
        Assert.Equal(11, page.QuerySelectorAll("[aria-label='Số liệu từng ngày'] tbody tr").Length);
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-12")]
    [InlineData("2027-01")]
    [InlineData("1999-12")]
    [InlineData("0001-01")]
    [InlineData("2026-1")]
    [InlineData("2026-011")]
    [InlineData("26-11")]
    [InlineData("2026-11-01")]
    [InlineData("2026-11 ")]
    [InlineData("thang-11")]
    [InlineData("٢٠٢٦-١١")]
    public async Task Invalid_and_future_months_are_not_found(string month)
    {
        using var response = await portal.Client.GetAsync("/thong-ke/" + Uri.EscapeDataString(month), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_page_of_statistics_links_to_the_last_months()
    {
        var page = await new HtmlParser().ParseDocumentAsync(
            await portal.Client.GetStringAsync("/thong-ke", Cancellation), Cancellation);

        Assert.Equal(
            ["11", "10", "09", "08", "07", "06"],
            page.QuerySelectorAll("ul.months a").Select(link => link.GetAttribute("href")!["/thong-ke/2026-".Length..])
        );
    }

    public ValueTask DisposeAsync() => default;

    private static string Words(AngleSharp.Dom.IElement element) =>
        Regex.Replace(element.TextContent, @"\s+", " ").Trim();

    private async Task AppendAsync(string id, DateTimeOffset time) =>
        await portal.Storage.Visits.AddEntityAsync(new LedgerEntry(id, 5, "lý do", time).ToEntity(), Cancellation);

    private async Task<IHtmlDocument> OpenAsync(string month) => await new HtmlParser().ParseDocumentAsync(
        await portal.Client.GetStringAsync("/thong-ke/" + month, Cancellation), Cancellation);
}
