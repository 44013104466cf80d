using System.Net;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Statistics;

/// <summary>Each with a portal of its own, which has read nothing yet.</summary>
public sealed class StatisticsOutageTests : IAsyncLifetime
{
    private readonly StatisticsFixture _portal = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task While_storage_is_away_there_is_a_503_and_no_half_file(string extension)
    {
        var address = "/api/statistics." + extension;
        _portal.Network.Away = true;
        await ExpectUnavailableAsync(address);

        // The json has parts that are remembered; with those alone it would not be whole.
        _portal.Network.Away = false;
        await _portal.Client.GetStringAsync(address, Cancellation);
        _portal.Network.Away = true;
        await ExpectUnavailableAsync(address);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task When_storage_goes_away_in_the_middle_the_file_ends_with_an_error_and_not_as_if_it_were_whole(
        string extension)
    {
        await StoredVisits.WriteAsync(
            _portal.Storage.Visits,
            4,
            Enumerable.Range(0, 1100).Select(number => ($"read:2026-11-20:bai-{number:0000}", 1L, 2L)));
        _portal.Network.Before = _ => _portal.Network.LastAddress.Contains("NextRowKey", StringComparison.Ordinal)
            ? throw new Azure.RequestFailedException("Storage went away.")
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
