using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Tests.Visits;

/// <summary>
/// The report of a month with the maximum content. The site is separate, because reports are cached when other tests
/// open them.
/// </summary>
public sealed class MonthReportInBrowserTests(SampleSite browser) : IClassFixture<SampleSite>
{
    private static readonly string[] Articles =
    [
        VisitPages.Slug, VisitPages.OtherSlug, VisitPages.ThirdSlug, "thu-tuc-dang-ky-khai-sinh-cho-tre",
        "vu-che-thu-sang-som-tren-nhung-doi-che", "dong-sim-vo-dich-giai-bong-chuyen-hoi-nu",
        "bai-da-go-co-dia-chi-rat-dai-ve-ke-hoach-phat-trien-kinh-te-xa-hoi-nam-nam-toi", "bai-da-go-2", "bai-da-go-3",
        "bai-da-go-4",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The last month of 31 days that has ended.</summary>
    private static DateOnly Month
    {
        get
        {
            var today = VietnamTime.DayOf(TimeProvider.System.GetUtcNow());
            var first = today.AddDays(1 - today.Day);
            return Enumerable.Range(1, 3)
                .Select(back => first.AddMonths(-back))
                .First(month => DateTime.DaysInMonth(month.Year, month.Month) == 31);
        }
    }

    [Fact]
    public async Task A_full_month_fits_one_A4_sheet_and_a_small_screen_and_is_accessible()
    {
        await FillAsync();
        await using var reader = await browser.OpenAsync(new() { ViewportSize = new() { Width = 320, Height = 640 } });

        await reader.Page.GotoAsync(MonthEndpoint.PathOf(Month));

        Assert.Equal(31, await reader.Page.Locator("[aria-label='Số liệu từng ngày'] tbody tr").CountAsync());
        Assert.Equal(10, await reader.Page.Locator("[aria-label='Người đọc đến từ đâu'] tbody tr").CountAsync());
        Assert.Equal(320, await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await reader.Page.AssertAccessibleAsync();
        await reader.Page.AssertReachedByKeyboardAsync();
        var print = await reader.Page.PdfAsync(new() { PreferCSSPageSize = true });
        Assert.Single(Regex.Matches(Encoding.Latin1.GetString(print), "/Type ?/Page\\b"));
        Assert.Empty(reader.Troubles);
    }

    private async Task FillAsync()
    {
        var rows = Enumerable.Range(0, 31).Select(day => (VisitTable.DayRow(Month.AddDays(day)), 12_345L + day))
            .Concat(Articles.Select((slug, rank) => (VisitTable.ArticleDayRow(Month, slug), 1_000L - rank)))
            .Concat(Enumerable.Range(0, 10).Select(rank => (
                VisitTable.ReferrerRow(Month, $"trang-thong-tin-dien-tu-{rank}.example.gov.vn"), 100L - rank)));
        await browser.Storage.Visits.SubmitTransactionAsync(
            rows.Select(row => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace,
                new TableEntity("13", row.Item1) { ["Visits"] = row.Item2, ["Views"] = 2 * row.Item2 })),
            Cancellation);
    }
}
