using PhucThuan.Portal.Http;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Tests.Http;

/// <summary>Cache entries while storage fails.</summary>
[Fast]
public sealed class CachePolicyTests : IDisposable
{
    private const string Key = "entry";

    /// <summary>As <see cref="CachePolicy.ForStorage"/> makes them: fresh for 0.1 s, expires after 1,000 s.</summary>
    private static readonly FusionCacheEntryOptions Usual = new FusionCacheEntryOptions(TimeSpan.FromSeconds(1000))
        .SetSize(1)
        .SetEagerRefresh(0.0001f)
        .SetFailSafe(
            isEnabled: true,
            maxDuration: TimeSpan.FromDays(1),
            throttleDuration: TimeSpan.FromMilliseconds(1));

    private readonly FusionCache _cache = new(new FusionCacheOptions());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_loaded_once_while_it_is_fresh()
    {
        var loads = 0;
        for (var request = 0; request < 3; request++)
        {
            Assert.Equal(1, await GetAsync(_ => Task.FromResult(++loads), CachePolicy.ForStorage(freshSeconds: 300)));
        }
    }

    [Fact]
    public async Task A_failed_first_load_fails_its_request_and_the_next_request_loads_again()
    {
        await Assert.ThrowsAsync<IOException>(() => GetAsync(_ => throw new IOException("down")));

        Assert.Equal(2, await GetAsync(_ => Task.FromResult(2)));
    }

    [Fact]
    public async Task A_failed_refresh_keeps_the_entry_and_the_next_request_retries()
    {
        Assert.Equal(1, await GetAsync(_ => Task.FromResult(1)));
        await _cache.ExpireAsync(Key, token: Cancellation);

        Assert.Equal(1, await GetAsync(_ => throw new IOException("down")));
        await EventuallyAsync(2);
    }

    /// <summary>
    /// The case for which GetOrRefreshAsync exists: an early refresh fails while the entry has not expired.
    /// </summary>
    [Fact]
    public async Task A_failed_early_refresh_is_retried_before_the_entry_expires()
    {
        Assert.Equal(1, await GetAsync(_ => Task.FromResult(1)));
        var failed = new TaskCompletionSource();

        await Eventually.AssertAsync(async () =>
        {
            Assert.Equal(1, await GetAsync(
                _ =>
                {
                    failed.TrySetResult();
                    throw new IOException("down");
                }));
            Assert.True(failed.Task.IsCompleted);
        });

        await EventuallyAsync(2);
    }

    [Fact]
    public async Task With_zero_freshness_every_request_loads_and_a_failure_keeps_the_last_entry()
    {
        var options = CachePolicy.ForStorage(freshSeconds: 0);
        Assert.Equal(1, await GetAsync(_ => Task.FromResult(1), options));
        Assert.Equal(2, await GetAsync(_ => Task.FromResult(2), options));
        Assert.Equal(2, await GetAsync(_ => throw new IOException("down"), options));
        Assert.Equal(3, await GetAsync(_ => Task.FromResult(3), options));
    }

    public void Dispose() => _cache.Dispose();

    private Task<int> GetAsync(Func<CancellationToken, Task<int>> load, FusionCacheEntryOptions? options = null) =>
        _cache.GetOrRefreshAsync<int>(
            Key, (_, token) => load(token), options ?? Usual, Cancellation).AsTask();

    private Task EventuallyAsync(int value) => Eventually.AssertAsync(async () =>
        Assert.Equal(value, await GetAsync(_ => Task.FromResult(value))));
}
