using System.Globalization;
using System.Text;
using PhucThuan.Hosting.Apps;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.Hosting;

/// <summary>
/// Sends requests to the deployed function app, a worker process behind a Functions host, and to the same app inside
/// this process, where most other tests run. Both responses must be equal.
/// </summary>
[Collection(nameof(ConformityFixture))]
public sealed class ConformityTests(ConformityFixture hosts)
{
    private const string Article = "/bai-viet/" + TestArticle.Slug;
    private const string Media = "/media/anh/duong%20lang.png";

    /// <summary>An address for each function with an HTTP trigger, and the status of GET.</summary>
    private static readonly Dictionary<string, (string Address, int Status)> Functions = new()
    {
        ["About"] = ("/ve-cong-thong-tin", 200),
        ["Article"] = (Article, 200),
        ["ArticlePicture"] = (Article + "/anh", 404),
        ["Asset"] = ("/assets/khong-co.css", 404),
        ["Badge"] = ($"/api/visits/{TestArticle.Slug}.svg", 200),
        ["BadgeOfSite"] = ("/api/visits.svg", 200),
        ["Categories"] = ("/chuyen-muc", 200),
        ["Category"] = ("/chuyen-muc/tin-tuc", 200),
        ["Checkpoints"] = ("/api/checkpoints.jsonl", 200),
        ["Desk"] = ("/ban-bien-tap/khong-phai-khoa", 404),
        ["DeskJson"] = ("/ban-bien-tap/khong-phai-khoa/tinh-trang.json", 404),
        ["Draft"] = ("/ban-nhap/khong-phai-khoa/bai.html", 404),
        ["Favicon"] = ("/favicon.ico", 302),
        ["Feed"] = ("/feed.xml", 200),
        ["FeedOfCategory"] = ("/chuyen-muc/tin-tuc/feed.xml", 200),
        ["Health"] = ("/api/health", 200),
        ["HealthReport"] = ("/api/health/report", 401),
        ["Home"] = ("/", 200),
        ["Ledger"] = ("/api/ledger", 401),
        ["Manifest"] = ("/manifest.webmanifest", 200),
        ["QrCode"] = ("/ma-qr.svg?trang=/", 200),
        ["Media"] = (Media, 200),
        ["Overview"] = ("/so-do-trang", 200),
        ["Robots"] = ("/robots.txt", 200),
        ["Offline"] = ("/doc-ngoai-tuyen", 200),
        ["Search"] = ("/tim-kiem?q=l%C3%A0ng", 200),
        ["ServiceWorker"] = ("/sw.js", 200),
        ["SiteMap"] = ("/sitemap.xml", 200),
        ["SiteMapPart"] = ("/sitemap-1.xml", 200),
        ["Statistics"] = ("/thong-ke", 200),
        ["StatisticsCsv"] = ("/api/statistics.csv", 200),
        ["StatisticsMonth"] = ("/thong-ke/2026-13", 404),
        ["StatisticsJson"] = ("/api/statistics.json", 200),
        ["Visit"] = ($"/api/visits/{TestArticle.Slug}", 200),
        ["VisitNumbers"] = ($"/api/visits/{TestArticle.Slug}", 200),
        ["VisitTotals"] = ("/api/visits", 200),
        ["ZNotFound"] = ("/khong-co", 404),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_http_function_has_an_address_in_this_suite() =>
        Assert.Equal(
            FunctionApp
                .Read(LocalHostCommand.Folder("Functions"))
                .Functions.Where(function => function.Http is not null)
                .Select(function => function.Name)
                .Order(StringComparer.Ordinal),
            Functions.Keys.Order(StringComparer.Ordinal));

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Get_and_head_return_the_same_headers_on_every_route(string function)
    {
        var (address, status) = Functions[function];
        var get = await hosts.SameAsync("GET", address);
        var head = await hosts.SameAsync("HEAD", address);

        Assert.Equal(status, get.Status);
        Assert.Equal(status, head.Status);
        Assert.Empty(head.Body);
        Assert.Equal(get.Header("Content-Type"), head.Header("Content-Type"));
        if (status != 401)
        {
            Assert.NotNull(get.Header("Content-Security-Policy"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Other_methods_return_405_with_the_allowed_methods(string function)
    {
        var (address, _) = Functions[function];
        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND" })
        {
            var answer = await hosts.SameAsync(method, address, "Content-Length: 0");
            var expected = (function, method) switch
            {
                ("Ledger" or "HealthReport", _) => 401,
                ("ZNotFound", _) => 404,

                // The request has no browser's user agent and is not counted. A method that no trigger lists is 404.
                ("Visit" or "VisitNumbers", "POST") => 200,
                ("Visit" or "VisitNumbers", "TRACE" or "PROPFIND") => 404,
                _ => 405,
            };
            Assert.True(expected == answer.Status, $"{method} {address}: {answer.Status} instead of {expected}");
            if (expected == 405)
            {
                Assert.StartsWith("GET, HEAD", answer.Header("Allow"), StringComparison.Ordinal);
                Assert.Single(answer.Headers, header => header.Key == "Allow");
            }
        }
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("gzip, deflate, br, zstd")]
    [InlineData("identity")]
    [InlineData("*;q=0")]
    public async Task Each_content_encoding_has_its_own_entity_tag(string accepted)
    {
        var answer = await hosts.SameAsync("GET", Article, $"Accept-Encoding: {accepted}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("Accept-Encoding", answer.Header("Vary"));
        Assert.Equal(
            accepted.Contains("br", StringComparison.Ordinal) ? "br"
                : accepted == "gzip" ? "gzip"
                : null,
            answer.Header("Content-Encoding"));
    }

    [Theory]
    [InlineData(Article)]
    [InlineData("/")]
    [InlineData("/feed.xml")]
    [InlineData(Media)]
    public async Task Conditional_requests_return_304_without_a_body(string address)
    {
        var whole = await hosts.SameAsync("GET", address);
        var (tag, modified) = (whole.Header("ETag"), whole.Header("Last-Modified"));
        foreach (
            var condition in new[]
            {
                $"If-None-Match: {tag}",
                $"If-None-Match: W/{tag}",
                "If-None-Match: *",
                $"If-None-Match: \"x\", {tag}",
                $"If-Modified-Since: {modified}",
            })
        {
            var answer = await hosts.SameAsync("GET", address, condition);
            Assert.True(answer.Status == 304, $"{condition}: {answer.Status}");
            Assert.Empty(answer.Body);
            Assert.Equal(tag, answer.Header("ETag"));
        }

        foreach (
            var condition in new[]
            {
                "If-None-Match: \"x\"",
                "If-Modified-Since: Thu, 01 Oct 2020 00:00:00 GMT",
                "If-Modified-Since: yesterday",
            })
        {
            Assert.Equal(200, (await hosts.SameAsync("GET", address, condition)).Status);
        }
    }

    [Theory]
    [InlineData("bytes=0-99", 206, 100)]
    [InlineData("bytes=990-", 206, 10)]
    [InlineData("bytes=-5", 206, 5)]
    [InlineData("bytes=0-0", 206, 1)]
    [InlineData("bytes=2000-", 416, 0)]
    [InlineData("bytes=5-1", 200, 1000)]
    public async Task Ranges_of_media_return_206(string range, int status, int length)
    {
        var answer = await hosts.SameAsync("GET", Media, $"Range: {range}");

        Assert.Equal(status, answer.Status);
        Assert.Equal(length, answer.Body.Length);
    }

    [Theory]
    [InlineData("/api/ledger", null, 401)]
    [InlineData("/api/ledger", "x-functions-key: ", 401)]
    [InlineData("/api/ledger", "x-functions-key: khac", 401)]
    [InlineData("/api/ledger?code=khac", null, 401)]
    [InlineData("/api/ledger?code=chia-khoa", "x-functions-key: khac", 401)]
    [InlineData("/api/ledger", "x-functions-key: chia-khoa", 400)]
    [InlineData("/api/ledger?code=chia-khoa", null, 400)]
    [InlineData("/api/ledger?code=chia-khoa-chinh", null, 400)]
    [InlineData("/api/visits", "x-functions-key: khac", 200)]
    public async Task A_function_with_a_key_level_requires_its_key(string address, string? key, int status)
    {
        string[] headers = key is null ? ["Content-Length: 0"] : ["Content-Length: 0", key];
        var answer = await hosts.SameAsync(
            address.StartsWith("/api/ledger", StringComparison.Ordinal) ? "POST" : "GET",
            address,
            headers);

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("""{"id":"a","amount":"5","reason":"x"}""", 400)]
    [InlineData("""{"id":"khong-co"}""", 400)]
    [InlineData("", 400)]
    public async Task Request_bodies_reach_the_function(string body, int status)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        string[] Lines(int port) =>
            [
                "POST /api/ledger HTTP/1.1",
                $"Host: 127.0.0.1:{port}",
                "x-functions-key: chia-khoa",
                $"Content-Length: {bytes.Length.ToString(CultureInfo.InvariantCulture)}",
            ];
        var deployed = await Answer.ToAsync(
            hosts.Deployed.BaseAddress,
            Lines(hosts.Deployed.BaseAddress.Port),
            bytes,
            Cancellation);
        var inProcess = await Answer.ToAsync(
            hosts.InProcess.BaseAddress,
            Lines(hosts.InProcess.BaseAddress.Port),
            bytes,
            Cancellation);

        Assert.Equal(status, deployed.Status);
        ConformityFixture.AssertSame("POST /api/ledger", deployed, inProcess);
    }

    [Fact]
    public async Task A_body_over_100_MB_is_refused()
    {
        var (deployed, inProcess) = await hosts.SendAsync(
            "POST /api/ledger HTTP/1.1", "Host: 127.0.0.1", "x-functions-key: chia-khoa", "Content-Length: 104857601");

        Assert.Equal(500, deployed.Status);
        ConformityFixture.AssertSame("POST /api/ledger", deployed, inProcess);
    }

    [Fact]
    public async Task Every_timer_function_runs()
    {
        var timers = FunctionApp
            .Read(LocalHostCommand.Folder("Functions"))
            .Functions.Where(function => function.Timer is not null)
            .ToList();

        Assert.NotEmpty(timers);
        foreach (var timer in timers)
        {
            await hosts.Deployed.RunTimerAsync(timer.Name, Cancellation);
            await hosts.InProcess.RunTimerAsync(timer.Name, Cancellation);
        }
    }
}
