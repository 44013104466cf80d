using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Screening;

/// <summary>Views that pages of other sites send, and views of the portal that resemble them.</summary>
public sealed class OtherSitesTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private const string Slug = TestArticle.Slug;
    private const string Site = "Sec-Fetch-Site";

    private PortalHost? _host;
    private HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        await storage.UploadAsync(Slug, TestArticle.Html);
        _host = new PortalHost(
            storage.ConnectionString,
            services => services.AddSingleton<TimeProvider>(new PatientClock()),
            settings: new() { ["Site:Address"] = "https://xã-phúc-thuận.example.vn", ["Visits:AddressRate"] = "1000" });
        _client = _host.CreateClient();
    }

    [Theory]
    [InlineData(Site, "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image")]
    [InlineData(Site, "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "empty")]
    [InlineData(Site, "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document")]
    [InlineData(Site, "Cross-Site")]
    [InlineData(Site, "cross-site", "Origin", "https://xn--x-phc-thun-f5a3z6346a.example.vn")]
    [InlineData("Origin", "https://bao-khac.example.com")]
    [InlineData("Origin", "http://bao-khac.example.com:8080")]
    [InlineData("Origin", "https://127.0.0.1.example.com")]
    [InlineData("Origin", "https://example.vn")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "file://")]
    [InlineData("Origin", "chrome-extension://abcdefghijklmnopabcdefghijklmnop")]
    [InlineData(Site, "khong-biet", "Origin", "https://bao-khac.example.com")]
    [InlineData("X-Forwarded-Host", "phucthuan.example.vn", "Origin", "https://bao-khac.example.com")]
    public async Task A_view_from_another_site_is_dropped_and_tallied(params string[] headers)
    {
        var (reader, sender) = (Caller.NewReader(_client!), Caller.NewReader(_client!, Pairs(headers)));
        var tally = await TallyAsync();
        var before = await reader.GetNumbersAsync(Slug);

        var post = await sender.ViewAsync(Slug, "?visit=true&view=0123456789abcdef");
        var picture = await sender.GetPictureAsync(Slug);

        Assert.All(
            [post, picture], answer => Assert.Equal((HttpStatusCode.OK, "foreign"), (answer.Status, answer.Outcome)));
        Assert.Equal(before, post.Numbers);
        Assert.Equal(before, await sender.GetNumbersAsync(Slug));
        Assert.Equal(before, await reader.GetNumbersAsync(Slug));
        await Eventually.AssertAsync(async () => Assert.Equal(tally + 2, await TallyAsync()));
    }

    [Theory]
    [InlineData]
    [InlineData(Site, "same-origin")]
    [InlineData(Site, "same-site")]
    [InlineData(Site, "none")]
    [InlineData(Site, "same-origin", "Origin", "https://front-door-lost-the-host.example.net")]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Origin", "http://127.0.0.1:5050")]
    [InlineData("Origin", "https://xn--x-phc-thun-f5a3z6346a.example.vn")]
    [InlineData("Origin", "https://XN--X-PHC-THUN-F5A3Z6346A.example.vn:443")]
    [InlineData("Origin", "https://phucthuan.gov.example", "Host", "phucthuan.gov.example")]
    [InlineData("Referer", "https://bao-khac.example.com/")]
    public async Task A_view_of_the_portals_own_page_is_counted(params string[] headers)
    {
        var reader = Caller.NewReader(_client!, Pairs(headers));

        Assert.Equal("counted", (await reader.ViewAsync(Slug, "?visit=true")).Outcome);
        Assert.Equal("counted", (await reader.GetPictureAsync(Slug)).Outcome);
    }

    [Theory]
    [InlineData("Sec-CH-UA", "\"HeadlessChrome\";v=\"153\", \"Chromium\";v=\"153\", \"Not)A;Brand\";v=\"99\"")]
    [InlineData("Sec-CH-UA", "\"Not)A;Brand\";v=\"99\", \"headlesschrome\";v=\"120\"")]
    [InlineData("Sec-CH-UA-Full-Version-List", "\"HeadlessChrome\";v=\"153.0.1.2\"")]
    public async Task A_browser_whose_brands_are_headless_is_a_bot(string header, string value) =>
        Assert.Equal("bot", (await Caller.NewReader(_client!, (header, value)).ViewAsync(Slug, "?visit=true")).Outcome);

    [Fact]
    public async Task A_browser_with_ordinary_brands_is_counted()
    {
        var reader = Caller.NewReader(_client!, ("Sec-CH-UA", "\"Chromium\";v=\"153\", \"Google Chrome\";v=\"153\""));

        Assert.Equal("counted", (await reader.ViewAsync(Slug)).Outcome);
    }

    [Fact]
    public async Task A_driven_browser_is_a_bot_and_not_online()
    {
        var reader = Caller.NewReader(_client!);
        var before = await reader.GetNumbersAsync(Slug);
        var driven = Caller.NewReader(_client!);

        var view = await driven.ViewAsync(Slug, "?visit=true&view=0123456789abcdef&webdriver=true");
        var numbers = await driven.SendAsync(HttpMethod.Get, $"/api/visits/{Slug}?webdriver=true");

        Assert.Equal("bot", view.Outcome);
        Assert.Equal((before, before), (view.Numbers, numbers.Numbers));
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _host!.DisposeAsync();
    }

    private static (string Name, string Value)[] Pairs(string[] headers) =>
        [.. headers.Chunk(2).Select(pair => (pair[0], pair[1]))];

    private Task<long> TallyAsync() => StoredVisits.SumAsync(
        storage.Visits,
        VisitTable.DroppedRow(VietnamTime.DayOf(TimeProvider.System.GetUtcNow()), DropReason.Foreign),
        counts => counts.Views);
}
