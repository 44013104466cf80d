using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Visits;

/// <summary>Requests to the portal from pages of other sites, in a real browser.</summary>
public sealed class OtherSitesInBrowserTests(SampleSite browser) : IClassFixture<SampleSite>
{
    private const string Slug = VisitPages.Slug;

    private const string Form = """
        const form = document.createElement("form");
        form.method = "post";
        form.action = portal + "?visit=true";
        document.body.append(form);
        form.submit();
        """;

    private const string SandboxedFrame = """
        const frame = document.createElement("iframe");
        frame.sandbox = "allow-scripts";
        frame.srcdoc = `<script>fetch("${portal}?visit=true", { method: "POST", mode: "no-cors" })</script>`;
        document.body.append(frame);
        """;

    [Theory]
    [InlineData("document.body.append(Object.assign(new Image(), { src: portal + '.svg' }))")]
    [InlineData("fetch(portal + '?visit=true', { method: 'POST', mode: 'no-cors' }).catch(() => {})")]
    [InlineData("fetch(portal + '?visit=true', { method: 'POST' }).catch(() => {})")]
    [InlineData("fetch(portal, { method: 'POST', mode: 'no-cors', keepalive: true }).catch(() => {})")]
    [InlineData("navigator.sendBeacon(portal + '?visit=true')")]
    [InlineData("fetch(portal, { method: 'POST', mode: 'no-cors', referrerPolicy: 'no-referrer' })")]
    [InlineData(Form)]
    [InlineData("location.href = portal + '.svg'")]
    [InlineData("document.body.style.background = `url(${portal}.svg)`")]
    [InlineData(SandboxedFrame)]
    public async Task A_page_of_another_site_cannot_count_a_visit(string script)
    {
        var before = await browser.NumbersAsync(Slug);
        await using var visitor = await browser.OpenAsync();
        var outcome = new TaskCompletionSource<string?>();

        // Cross-Origin-Resource-Policy blocks the response, so Playwright does not report it.
        var network = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await network.SendAsync("Network.enable");
        network.Event("Network.responseReceivedExtraInfo").OnEvent += (_, message) =>
        {
            foreach (var header in message!.Value.GetProperty("headers").EnumerateObject())
            {
                if (header.Name.Equals("x-visit", StringComparison.OrdinalIgnoreCase))
                {
                    outcome.TrySetResult(header.Value.GetString());
                }
            }
        };
        await visitor.Context.RouteAsync("http://bao-khac.example/**", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Body = "<!DOCTYPE html><title>Báo khác</title><body>",
        }));
        await visitor.Page.GotoAsync("http://bao-khac.example/");

        var portal = new Uri(browser.Client.BaseAddress!, "/api/visits/" + Slug).AbsoluteUri;
        await visitor.Page.EvaluateAsync($"portal => {{ {script} }}", portal);

        var result = await outcome.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("foreign", result);
        var after = await browser.NumbersAsync(Slug);
        Assert.Equal((before.Views, before.Total), (after.Views, after.Total));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_who_follows_a_link_is_counted_and_with_script_the_host_of_the_link_too(bool hasScript)
    {
        var before = await browser.NumbersAsync(Slug);
        var hosts = await VisitsFromAsync("bao-khac.vn");
        var article = new Uri(browser.Client.BaseAddress!, VisitPages.PathOf(Slug));
        await using var reader = await browser.OpenAsync(new()
        {
            JavaScriptEnabled = hasScript,
            UserAgent = VisitPages.NewAgent(),
        });
        await reader.Page.RouteAsync("http://www.bao-khac.vn/**", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Body = $"<!DOCTYPE html><title>Báo khác</title><a href='{article}'>bài</a>",
        }));
        await reader.Page.GotoAsync("http://www.bao-khac.vn/tin?so=1");

        await reader.Page.GetByText("bài").ClickAsync();
        await Expect(reader.Page.Locator("article h1")).ToBeVisibleAsync();

        await browser.HasViewsAsync(Slug, before.Views!.Value + 1);
        Assert.Equal(hasScript ? hosts + 1 : hosts, await VisitsFromAsync("bao-khac.vn"));
    }

    [Theory]
    [InlineData("Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => true })")]
    [InlineData("Object.defineProperty(navigator, 'webdriver', { value: true })")]
    public async Task A_driven_browser_sees_the_numbers_and_is_not_counted(string script)
    {
        var before = await browser.NumbersAsync(Slug);
        await using var robot = await browser.OpenAsync();
        await robot.Page.AddInitScriptAsync(script);

        var response = await robot.Page.RunAndWaitForResponseAsync(
            () => robot.Page.GotoAsync(VisitPages.PathOf(Slug)),
            response => response.Url.Contains("/api/visits/", StringComparison.Ordinal));

        Assert.Equal("bot", await response.HeaderValueAsync("x-visit"));
        await robot.Page.ShowsAsync("views", before.Views!.Value);
        await robot.Page.ShowsAsync("total", before.Total);
    }

    [Fact]
    public async Task A_headless_browser_with_another_user_agent_is_not_counted()
    {
        var before = await browser.NumbersAsync(Slug);
        await using var robot = await browser.OpenAsync(new()
        {
            ExtraHTTPHeaders = new Dictionary<string, string>
            {
                ["Sec-CH-UA"] = "\"HeadlessChrome\";v=\"153\", \"Chromium\";v=\"153\", \"Not)A;Brand\";v=\"99\"",
            },
        });

        await robot.Page.GotoAsync(VisitPages.PathOf(Slug));

        await robot.Page.ShowsAsync("views", before.Views!.Value);
        Assert.Equal(before.Total, (await browser.NumbersAsync(Slug)).Total);
    }

    private async Task<long> VisitsFromAsync(string host)
    {
        var address = new Uri("/api/statistics.json", UriKind.Relative);
        using var file = JsonDocument.Parse(
            await browser.Client.GetStringAsync(address, TestContext.Current.CancellationToken));
        return file.RootElement.GetProperty("referrers").EnumerateArray()
            .Where(row => row.GetProperty("host").GetString() == host)
            .Sum(row => row.GetProperty("visits").GetInt64());
    }
}
