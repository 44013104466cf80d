using System.Diagnostics;
using System.Net;
using Azure.Data.Tables;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.Site.Errors;

public sealed class OutageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("phucthuan-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    [Fact]
    public async Task Cached_pages_are_served_during_an_outage_and_everything_recovers()
    {
        const string Seen = "/bai-viet/tam-ngung-cap-nuoc-ngay-21-11-2026";
        const string Visit = "/api/visits/tam-ngung-cap-nuoc-ngay-21-11-2026?visit=true";
        const string Unseen = "/bai-viet/chung-thuc-ban-sao-tu-ban-chinh";
        var azurite = await AzuriteServer.StartAsync(_data, Cancellation);
        var connection = azurite.ConnectionString;
        await using var host = new PortalHost(connection, settings: new() { ["Articles:FreshSeconds"] = "1" });
        using var client = host.CreateClient();
        await ExpectAsync(client, HttpMethod.Get, "/", HttpStatusCode.OK);
        await ExpectAsync(client, HttpMethod.Get, Seen, HttpStatusCode.OK);
        await ExpectAsync(client, HttpMethod.Post, Visit, HttpStatusCode.OK);

        await azurite.DisposeAsync();
        await ExpectAsync(client, HttpMethod.Get, "/", HttpStatusCode.OK);
        await ExpectAsync(client, HttpMethod.Get, Seen, HttpStatusCode.OK);
        await ExpectAsync(client, HttpMethod.Get, Unseen, HttpStatusCode.ServiceUnavailable, "text/html");
        await ExpectAsync(
            client, HttpMethod.Get, "/media/duong-xom-hang-cau.jpg", HttpStatusCode.ServiceUnavailable, "text/html");
        await ExpectAsync(
            client, HttpMethod.Post, Visit, HttpStatusCode.ServiceUnavailable, "application/problem+json");

        // Longer than twelve times FreshSeconds, after which a cached page is no longer served without a check.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(13);)
        {
            await ExpectAsync(client, HttpMethod.Get, "/", HttpStatusCode.OK);
            await ExpectAsync(client, HttpMethod.Get, Seen, HttpStatusCode.OK);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        await using var back = await AzuriteServer.StartAsync(_data, Cancellation, connection);
        await Eventually.AssertAsync(() => ExpectAsync(client, HttpMethod.Get, Unseen, HttpStatusCode.OK));
        await ExpectAsync(client, HttpMethod.Post, Visit, HttpStatusCode.OK);
        Assert.Equal(2, await Visits.Counting.StoredVisits.SumAsync(
            new TableClient(connection, "visits"), "site", counts => counts.Visits));
    }

    public ValueTask DisposeAsync()
    {
        _data.Delete(recursive: true);
        return default;
    }

    private static async Task ExpectAsync(
        HttpClient client, HttpMethod method, string address, HttpStatusCode status, string? errorType = null)
    {
        using var request = new HttpRequestMessage(method, address);
        using var response = await client.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
        if (errorType is not null)
        {
            Assert.Equal(errorType, response.Content.Headers.ContentType!.MediaType);
            Assert.NotNull(response.Headers.RetryAfter?.Delta);
        }
    }
}
