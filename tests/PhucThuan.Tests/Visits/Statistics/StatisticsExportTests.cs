using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Statistics;

public sealed class StatisticsExportTests(StatisticsFixture portal) : IClassFixture<StatisticsFixture>, IAsyncLifetime
{
    private const string Head = "day,article,visits,views\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StoredVisits.ClearAsync(portal.Storage.Visits);

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_csv_has_a_line_for_each_article_and_day_with_the_sum_of_all_partitions()
    {
        await StoredVisits.WriteAsync(
            portal.Storage.Visits,
            3,
            ("read:2026-11-20:bai-a", 2, 5),
            ("read:2026-11-20:bai1", 1, 1),
            ("read:2026-11-22:bai-b", 0, 7),
            ("article:bai-a", 2, 5),
            ("day:2026-11-20", 3, 6));
        await StoredVisits.WriteAsync(
            portal.Storage.Visits,
            0,
            ("read:2026-11-20:bai-a", 40, 100),
            ("read:2026-11-21:bai-a", 1, 1),
            ("read:2026-11-19:bai-a", 9, 9));
        await StoredVisits.WriteAsync(
            portal.Storage.Visits,
            15,
            ("read:2026-11-20:bai", 1, 2),
            ("read:2026-11-22:bai-b", 1, 1),
            ("read:2026-11-23:bai-a", 9, 9));

        using var response = await portal.Client.GetAsync(
            "/api/statistics.csv?from=2026-11-20&to=2026-11-22",
            Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("thong-ke-2026-11-20-2026-11-22.csv", response.Content.Headers.ContentDisposition.FileName);
        Assert.Equal("public, max-age=60", response.Headers.CacheControl!.ToString());
        Assert.Equal(
            Head + "2026-11-20,bai,1,2\r\n2026-11-20,bai-a,42,105\r\n2026-11-20,bai1,1,1\r\n"
                + "2026-11-21,bai-a,1,1\r\n2026-11-22,bai-b,1,8\r\n",
            System.Text.Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync(Cancellation)));
    }

    [Fact]
    public async Task The_file_has_the_rows_of_all_result_pages()
    {
        // Storage returns at most 1,000 rows per page. The second partition has the later half of the first one's rows,
        // and more.
        await StoredVisits.WriteAsync(
            portal.Storage.Visits, 4, Enumerable.Range(0, 2100).Select(number => (Row(number), 1L, 2L)));
        await StoredVisits.WriteAsync(
            portal.Storage.Visits, 9, Enumerable.Range(1000, 1200).Select(number => (Row(number), 10L, 20L)));

        var csv = await portal.Client.GetStringAsync("/api/statistics.csv", Cancellation);

        Assert.Equal(
            Head + string.Concat(Enumerable.Range(0, 2200).Select(number =>
            {
                var visits = (number < 2100 ? 1 : 0) + (number >= 1000 ? 10 : 0);
                return $"2026-11-20,bai-{number:0000},{visits},{2 * visits}\r\n";
            })),
            csv);
    }

    [Theory]
    [InlineData("", "2026-10-26", "2026-11-24")]
    [InlineData("?from=2026-11-01", "2026-11-01", "2026-11-24")]
    [InlineData("?to=2026-11-10", "2026-10-12", "2026-11-10")]
    [InlineData("?from=2026-11-24&to=2026-11-24", "2026-11-24", "2026-11-24")]
    [InlineData("?from=2024-01-01&to=2024-12-31", "2024-01-01", "2024-12-31")]
    [InlineData("?from=2026-11-20&to=2027-03-01", "2026-11-20", "2027-03-01")]
    public async Task The_default_range_is_the_last_thirty_days(
        string query,
        string first,
        string last)
    {
        var days = new[] { first, last }
            .Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))
            .ToArray();
        foreach (var day in new[] { days[0].AddDays(-1), days[0], days[1], days[1].AddDays(1) }.Distinct())
        {
            await StoredVisits.WriteAsync(
                portal.Storage.Visits,
                day.DayNumber % 16,
                (VisitTable.ArticleDayRow(day, "bai"), 1, 1));
        }

        using var response = await portal.Client.GetAsync("/api/statistics.csv" + query, Cancellation);

        Assert.Equal($"thong-ke-{first}-{last}.csv", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(
            Head + string.Concat(new[] { first, last }.Distinct().Select(day => $"{day},bai,1,1\r\n")),
            await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData(
        "?from=2026-11-25",
        "Khoảng ngày là 2026-11-25 đến 2026-11-24; from không được sau to, và nhiều nhất là 366 ngày.")]
    [InlineData("?from=2026-11-20&to=2026-11-19", "Khoảng ngày là 2026-11-20 đến 2026-11-19; ")]
    [InlineData(
        "?from=2025-11-23",
        "Khoảng ngày là 2025-11-23 đến 2026-11-24; from không được sau to, và nhiều nhất là 366 ngày.")]
    [InlineData("?from=24-11-2026", "Tham số from là '24-11-2026'; cần ngày dạng 2026-11-24.")]
    [InlineData("?from=2026-11-31", "Tham số from là '2026-11-31'; ")]
    [InlineData("?from=2026-1-1", "Tham số from là '2026-1-1'; ")]
    [InlineData("?from=1999-12-31", "Tham số from là '1999-12-31'; ")]
    [InlineData("?to=9999-01-01", "Tham số to là '9999-01-01'; ")]
    [InlineData("?to=hôm nay", "Tham số to là 'hôm nay'; cần ngày dạng 2026-11-24.")]
    [InlineData("?to=2026-11-20&to=2026-11-21", "Tham số to là '2026-11-20,2026-11-21'; ")]
    public async Task An_invalid_range_is_refused_with_the_reason(string query, string detail)
    {
        foreach (var extension in new[] { "csv", "json" })
        {
            using var response = await portal.Client.GetAsync($"/api/statistics.{extension}{query}", Cancellation);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            Assert.StartsWith(
                detail,
                (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString(),
                StringComparison.Ordinal);
            Assert.True(response.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task Without_visits_the_file_has_only_its_header() =>
        Assert.Equal(Head, await portal.Client.GetStringAsync("/api/statistics.csv", Cancellation));

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("json", "application/json")]
    public async Task HEAD_returns_the_headers_without_the_file(string extension, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/statistics." + extension);
        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            $"thong-ke-2026-10-26-2026-11-24.{extension}",
            response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("public, max-age=60", response.Headers.CacheControl!.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task Another_method_gets_405_with_the_allowed_ones(string extension)
    {
        using var response = await portal.Client.PostAsync("/api/statistics." + extension, content: null, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
    }

    private static string Row(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"read:2026-11-20:bai-{number:0000}");
}
