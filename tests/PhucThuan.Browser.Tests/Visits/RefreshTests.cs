using Microsoft.Playwright;

namespace PhucThuan.Tests.Visits;

/// <summary>Polling interval of the numbers in an open page.</summary>
public sealed class RefreshTests(SampleSite browser) : IClassFixture<SampleSite>
{
    /// <summary>A visitor is online for five minutes after the last request.</summary>
    private static readonly TimeSpan Online = TimeSpan.FromMinutes(5);

    /// <summary>Script: counts requests inside the page, because events of the browser arrive later.</summary>
    private const string Count = """
        window.asked = [];
        window.pending = 0;
        const send = window.fetch;
        window.fetch = async (...request) => {
          asked.push(Date.now() / 1000);
          pending++;
          try {
            const response = await send(...request);
            await response.clone().text();
            return response;
          } finally {
            pending--;
          }
        };
        """;

    [Theory]
    [InlineData("/")]
    [InlineData("/bai-viet/" + VisitPages.Slug)]
    public async Task An_open_page_polls_after_two_minutes_then_less_often_and_its_reader_stays_online(string address)
    {
        await using var reader = await OpenAsync(address);
        var first = await RequestCountAsync(reader);
        var opened = await reader.Page.EvaluateAsync<double>("Date.now() / 1000");
        for (var seconds = 0; seconds < 3600; seconds += 30)
        {
            await reader.Page.Clock.RunForAsync(30_000);
            await RequestCountAsync(reader);
        }

        var times = (await reader.Page.EvaluateAsync<double[]>("asked")).Skip(first).Select(at => at - opened).ToList();
        Assert.InRange(times[0], 110, 130);
        var gaps = times.Zip(times.Skip(1), (earlier, later) => later - earlier).ToList();
        Assert.All(gaps, gap => Assert.InRange(gap, 110, Online.TotalSeconds - 10));
        Assert.True(times.Count <= 20, $"{times.Count} requests in an hour");
        Assert.True(gaps[^1] >= 180, $"{gaps[^1]} s between requests after an hour");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/bai-viet/" + VisitPages.Slug)]
    public async Task A_hidden_page_sends_no_request(string address)
    {
        await using var reader = await OpenAsync(address);
        await reader.Page.HideAsync();
        var count = await RequestCountAsync(reader);

        await reader.Page.Clock.RunForAsync(7_200_000);

        Assert.Equal(count, await RequestCountAsync(reader));
    }

    [Fact]
    public async Task A_failed_request_of_a_hidden_page_is_not_retried()
    {
        await using var reader = await browser.OpenWithClockAsync();
        await reader.Page.AddInitScriptAsync(Count);
        await reader.Page.RouteAsync("**/api/visits/**", route => route.FulfillAsync(new() { Status = 503 }));
        await reader.Page.GotoAsync("/bai-viet/" + VisitPages.Slug);
        await Assertions.Expect(reader.Page.GetByText("Chưa lấy được số liệu mới")).ToBeVisibleAsync();
        await reader.Page.HideAsync();
        var count = await RequestCountAsync(reader);

        await reader.Page.Clock.RunForAsync(600_000);

        Assert.Equal(count, await RequestCountAsync(reader));
    }

    [Fact]
    public async Task Switching_between_tabs_sends_no_request_each_time()
    {
        await using var reader = await OpenAsync("/bai-viet/" + VisitPages.Slug);
        var count = await RequestCountAsync(reader);

        for (var turn = 0; turn < 10; turn++)
        {
            await reader.Page.HideAsync();
            await reader.Page.Clock.RunForAsync(500);
            await reader.Page.ShowAsync();
            await reader.Page.Clock.RunForAsync(500);
        }

        Assert.Equal(count, await RequestCountAsync(reader));
        await reader.Page.Clock.RunForAsync(120_000);
        Assert.Equal(count + 1, await RequestCountAsync(reader));
    }

    [Theory]
    [InlineData("refresh")]
    [InlineData("reload")]
    [InlineData("another page")]
    [InlineData("another window")]
    public async Task The_total_does_not_fall_when_a_stale_instance_responds(string way)
    {
        await using var reader = await browser.OpenWithClockAsync();
        await AnswerAsync(reader.Context, total: 1_500);
        await reader.Page.GotoAsync("/bai-viet/" + VisitPages.Slug);
        await reader.Page.ShowsAsync("total", 1_500);
        await reader.Context.UnrouteAllAsync();
        await AnswerAsync(reader.Context, total: 1_490);

        var page = way == "another window" ? await reader.Context.NewPageAsync() : reader.Page;
        await page.RunAndWaitForResponseAsync(
            () => way switch
            {
                "refresh" => page.Clock.FastForwardAsync("02:01"),
                "reload" => page.ReloadAsync(),
                _ => page.GotoAsync("/bai-viet/" + VisitPages.OtherSlug),
            },
            response => response.Url.Contains("/api/visits", StringComparison.Ordinal));

        await page.ShowsAsync("online", 7);
        await page.ShowsAsync("total", 1_500);
        await reader.Context.UnrouteAllAsync();
        await AnswerAsync(reader.Context, total: 1_501);
        await page.ReloadAsync();
        await page.ShowsAsync("total", 1_501);
    }

    /// <summary>Online is 7 from the second response on, which shows that the page has received it.</summary>
    private static Task<IAsyncDisposable> AnswerAsync(IBrowserContext browser, int total) =>
        browser.RouteAsync("**/api/visits/**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = $$"""{"online":{{(total == 1_500 ? 1 : 7)}},"today":1,"total":{{total}},"views":1}""",
        }));

    private async Task<OpenPage> OpenAsync(string address)
    {
        var reader = await browser.OpenWithClockAsync();
        await reader.Page.AddInitScriptAsync(Count);
        await reader.Page.GotoAsync(address);
        await reader.Page.ShownAsync();
        return reader;
    }

    /// <summary>Waits until no request is pending, and returns the number of requests.</summary>
    private static async Task<int> RequestCountAsync(OpenPage reader)
    {
        await reader.Page.BecomesTrueAsync("pending === 0");
        return await reader.Page.EvaluateAsync<int>("asked.length");
    }
}
