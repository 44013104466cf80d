using System.Collections.Concurrent;
using System.Web;
using Microsoft.Playwright;

namespace PhucThuan.Tests.Visits;

/// <summary>The requests for numbers that the windows of one browser send.</summary>
internal sealed class SentRequests
{
    private readonly ConcurrentQueue<SentRequest> _requests = new();

    public SentRequests(IBrowserContext browser) => browser.Request += (_, request) =>
    {
        var address = new Uri(request.Url);
        if (address.AbsolutePath.StartsWith("/api/visits", StringComparison.Ordinal))
        {
            var query = HttpUtility.ParseQueryString(address.Query);
            _requests.Enqueue(new SentRequest(
                request.Method,
                address.AbsolutePath["/api/visits".Length..].TrimStart('/'),
                query["visit"],
                query["view"]));
        }
    };

    public int Count => _requests.Count;

    public IReadOnlyCollection<SentRequest> Views => [.. _requests.Where(request => request.Method == "POST")];

    /// <summary>Waits until the windows have sent at least this many views, with repetitions.</summary>
    public Task HasViewsAsync(int views) => Eventually.AssertAsync(() =>
    {
        Assert.True(Views.Count >= views, $"{Views.Count} of {views} views were sent.");
        return Task.CompletedTask;
    });

    /// <summary>Views as the server counts them: one for each id.</summary>
    public int DistinctViews => Views.DistinctBy(view => view.Id).Count();

    /// <summary>Visits as the server counts them.</summary>
    public int DistinctVisits => Views.DistinctBy(view => view.Id).Count(view => view.Visit == "true");
}

internal sealed record SentRequest(string Method, string Slug, string? Visit, string? Id);
