using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Statistics;

public sealed class StatisticsJsonTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private readonly FakeTimeProvider _clock = new(VietnamTime.StartOf(Today.AddDays(-1)).AddHours(12));
    private PortalHost? _host;
    private HttpClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await storage.UploadAsync("bai-a", TestArticle.Html);
        await storage.UploadAsync("bai-b", TestArticle.Html);
        await StoredVisits.ClearAsync(storage.Visits);
        _host = new PortalHost(storage.ConnectionString, services => services.AddSingleton<TimeProvider>(_clock));
        _client = _host.CreateClient();
    }

    [Fact]
    public async Task Every_day_is_listed_with_its_dropped_views_and_a_day_without_visits_is_zero()
    {
        await StoredVisits.WriteAsync(
            storage.Visits,
            2,
            ("day:2026-11-20", 3, 9),
            ("dropped:2026-11-20:bot", 0, 4),
            ("dropped:2026-11-20:repeat", 0, 1));
        await StoredVisits.WriteAsync(
            storage.Visits,
            11,
            ("day:2026-11-20", 1, 1),
            ("dropped:2026-11-20:bot", 0, 6),
            ("dropped:2026-11-22:limited", 0, 2));

        var file = await GetAsync("?from=2026-11-19&to=2026-11-22");

        Assert.Equal(
            """
            [{"day":"2026-11-19","visits":0,"views":0,"dropped":{}},
            {"day":"2026-11-20","visits":4,"views":10,"dropped":{"bot":10,"repeat":1}},
            {"day":"2026-11-21","visits":0,"views":0,"dropped":{}},
            {"day":"2026-11-22","visits":0,"views":0,"dropped":{"limited":2}}]
            """.ReplaceLineEndings(""),
            file.GetProperty("days").GetRawText());
        Assert.Equal("[]", file.GetProperty("articles").GetRawText());
        Assert.Equal("Asia/Ho_Chi_Minh", file.GetProperty("timeZone").GetString());
        Assert.Equal(
            ("2026-11-19", "2026-11-22"), (file.GetProperty("from").GetString(), file.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task Real_visits_add_up_in_both_files()
    {
        await ViewAsync("counted", "bai-a", "?visit=true");
        await ViewAsync("counted", "bai-b", "?visit=false");
        _clock.Advance(TimeSpan.FromDays(1));
        await ViewAsync("counted", "bai-b", "?visit=true");
        await ViewAsync("bot", "bai-b", "?visit=true", "curl/8.14.1");
        await ViewAsync("counted", "bai-b", "?visit=true");
        await ViewAsync("counted", "bai-a", "?visit=false");
        await AppendToLedgerAsync();

        var file = await GetAsync("?from=2026-11-23&to=2026-11-24");
        var csv = await _client!.GetStringAsync("/api/statistics.csv?from=2026-11-23&to=2026-11-24", Cancellation);

        Assert.Equal(
            (1003, 3, 5),
            (Number(file, "total"), Number(file, "countedVisits"), Number(file, "countedViews")));
        var opening = Assert.Single(file.GetProperty("ledger").EnumerateArray());
        Assert.Equal((1000, "Số dư"), (Number(opening, "amount"), opening.GetProperty("reason").GetString()));
        Assert.Equal(
            """
            [{"day":"2026-11-23","visits":1,"views":2,"dropped":{}},
            {"day":"2026-11-24","visits":2,"views":3,"dropped":{"bot":1}}]
            """.ReplaceLineEndings(""),
            file.GetProperty("days").GetRawText());
        Assert.Equal(
            "day,article,visits,views\r\n2026-11-23,bai-a,1,1\r\n2026-11-23,bai-b,0,1\r\n"
                + "2026-11-24,bai-a,0,1\r\n2026-11-24,bai-b,2,2\r\n",
            csv);
        Assert.Equal(
            csv.ReplaceLineEndings("\n").Split('\n')[1..^1],
            file.GetProperty("articles").EnumerateArray().Select(ToLine));
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _host!.DisposeAsync();
    }

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static string ToLine(JsonElement row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.GetProperty("day").GetString()},{row.GetProperty("article").GetString()},"
            + $"{Number(row, "visits")},{Number(row, "views")}");

    private async Task ViewAsync(string outcome, string slug, string query, string agent = TestBrowser.UserAgent) =>
        Assert.Equal(outcome, (await new Caller(_client!, agent).ViewAsync(slug, query)).Outcome);

    private async Task AppendToLedgerAsync()
    {
        var key = _host!.FunctionKey;
        using var response = await _client!.PostAsJsonAsync(
            "/api/ledger?code=" + key, new { id = "opening", amount = 1000, reason = "Số dư" }, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    private Task<JsonElement> GetAsync(string query) =>
        _client!.GetFromJsonAsync<JsonElement>("/api/statistics.json" + query, Cancellation);
}
