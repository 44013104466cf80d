using System.Net;
using System.Net.Http.Json;
using Azure.Core;
using PhucThuan.Portal.Visits;
using PhucThuan.Tests.Visits.Statistics;

namespace PhucThuan.Tests.Visits.Ledger;

/// <summary>The ledger while storage is slow or unavailable.</summary>
public sealed class LedgerOutageTests : IAsyncLifetime
{
    private readonly StatisticsFixture _portal = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    /// <summary>
    /// Other numbers may be stale while storage is slow, but a total without an accepted entry would be wrong.
    /// </summary>
    [Fact]
    public async Task The_total_has_a_new_entry_even_when_storage_is_slow()
    {
        Assert.Equal(0, await TotalAsync());
        _portal.Network.Before = method => method == RequestMethod.Get
            ? Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation)
            : Task.CompletedTask;

        Assert.Equal(HttpStatusCode.Created, await AppendAsync());

        Assert.Equal(7, await TotalAsync());
    }

    [Fact]
    public async Task An_entry_that_storage_rejects_is_a_503_and_can_be_retried()
    {
        Assert.Equal(0, await TotalAsync());
        _portal.Network.IsDown = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AppendAsync());
        Assert.Equal(0, await TotalAsync()); // the former number
        _portal.Network.IsDown = false;

        Assert.Equal(HttpStatusCode.Created, await AppendAsync());
        Assert.Equal(7, await TotalAsync());
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    private async Task<HttpStatusCode> AppendAsync()
    {
        using var response = await _portal.Client.PostAsJsonAsync(
            "/api/ledger?code=" + PortalFixture.FunctionKey,
            new
            {
                id = "opening",
                amount = 7,
                reason = "Số dư",
            },
            Cancellation);
        return response.StatusCode;
    }

    private async Task<long> TotalAsync() =>
        (await _portal.Client.GetFromJsonAsync<VisitNumbers>("/api/visits", Cancellation))!.Total;
}
