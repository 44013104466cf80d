using System.Net;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Statistics;

/// <summary>Each test has a separate portal with empty caches.</summary>
public sealed class StatisticsOutageTests : IAsyncLifetime
{
    private readonly StatisticsFixture _portal = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task During_an_outage_the_response_is_503_and_no_partial_file(string extension)
    {
        var address = "/api/statistics." + extension;
        _portal.Network.IsDown = true;
        await ExpectUnavailableAsync(address);

        // A successful response fills caches. In the next outage, the response must not consist of cached parts alone.
        _portal.Network.IsDown = false;
        await _portal.Client.GetStringAsync(address, Cancellation);
        _portal.Network.IsDown = true;
        await ExpectUnavailableAsync(address);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task When_an_outage_begins_during_the_download_the_connection_is_aborted(string extension)
    {
        await StoredVisits.WriteAsync(
            _portal.Storage.Visits,
            4,
            Enumerable.Range(0, 1100).Select(number => ($"read:2026-11-20:bai-{number:0000}", 1L, 2L)));
        _portal.Network.Before = _ => _portal.Network.LastAddress.Contains("NextRowKey", StringComparison.Ordinal)
            ? throw new Azure.RequestFailedException("Storage is down.")
            : Task.CompletedTask;

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            _portal.Client.GetStringAsync("/api/statistics." + extension, Cancellation));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    private async Task ExpectUnavailableAsync(string address)
    {
        using var response = await _portal.Client.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Null(response.Content.Headers.ContentDisposition);
    }
}
