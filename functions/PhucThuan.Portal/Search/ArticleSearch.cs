using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Search;

/// <summary>Result of a search.</summary>
/// <param name="Missing">
/// Number of articles that were not indexed yet, as in the first seconds of a large portal. If nothing was found, it
/// includes articles whose indexed version is outdated.
/// </param>
public sealed record SearchResult(SearchHits Hits, int Missing);

/// <summary>
/// Searches articles in a local index file of this instance. Each search first updates the index from the catalogue.
/// When the update takes too long, the search uses the current index.
/// </summary>
public sealed partial class ArticleSearch(
    CatalogueCache catalogues, ArticleReader reader, SearchIndexBlob shared, PortalMetrics metrics,
    TimeProvider clock, ILogger<ArticleSearch> logger) : IAsyncDisposable
{
    /// <summary>Number of articles per transaction while many are indexed.</summary>
    private const int BatchSize = 100;

    private const int ConcurrentReads = 8;

    private const int MaxQueued = 64;

    private static readonly TimeSpan UpdateWaitLimit = TimeSpan.FromSeconds(2);

    /// <summary>The slowest search of 10,000 articles took 0.3 s.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // A search occupies a core; pages and visits need cores, too.
    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = MaxQueued,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private DirectoryInfo? _folder;
    private SearchIndex? _index;
    private Catalogue? _indexed;
    private Task _updating = Task.CompletedTask;
    private Task _sharing = Task.CompletedTask;
    private Backlog _backlog = new(0, 0);

    /// <summary>Path of the index file; null before the first search.</summary>
    internal DirectoryInfo? Folder => _folder;

    /// <summary>Searches the published articles, see <see cref="SearchIndex.Search"/>.</summary>
    /// <exception cref="StorageUnavailableException">There is no index, and it cannot be created now.</exception>
    public async Task<SearchResult> SearchAsync(
        SearchQuery query, int skip, int take, CancellationToken cancellationToken)
    {
        var catalogue = await catalogues.GetAllAsync(cancellationToken);
        try
        {
            return await FindAsync(catalogue, query, skip, take, cancellationToken);
        }
        catch (SqliteException failure) when (SearchIndex.IsLost(failure))
        {
            // The index was discarded, so a new one is created.
            return await FindAsync(catalogue, query, skip, take, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return; // already disposed
        }

        await _stopping.CancelAsync();
        await _updating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _sharing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _index?.Dispose();
        DeleteFolder();
        await _limiter.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task<SearchResult> FindAsync(
        Catalogue catalogue, SearchQuery query, int skip, int take, CancellationToken cancellationToken)
    {
        try
        {
            await UpdateAsync(catalogue).WaitAsync(UpdateWaitLimit, clock, cancellationToken);
        }
        catch (TimeoutException) when (_index is null)
        {
            return new(new(query, [], 0), catalogue.Entries.Count);
        }
        catch (TimeoutException)
        {
            // The update continues; this search uses the current index.
        }

        var index = _index ?? throw new StorageUnavailableException("The search index is not ready yet.");
        try
        {
            var backlog = _backlog; // read before the search, because the update continues in the meantime
            var hits = await RunAsync(index, query, skip, take, cancellationToken);
            return new(hits, hits.Count > 0 ? backlog.New : backlog.New + backlog.Changed);
        }
        catch (SqliteException failure) when (SearchIndex.IsLost(failure))
        {
            Discard(index, failure);
            throw;
        }
    }

    /// <summary>
    /// SQLite blocks its thread, so the search runs on another thread, with cancellation and a time limit.
    /// </summary>
    private async Task<SearchHits> RunAsync(
        SearchIndex index, SearchQuery query, int skip, int take, CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(permitCount: 1, cancellationToken);
        if (!lease.IsAcquired)
        {
            throw new StorageUnavailableException($"{MaxQueued} searches are waiting.");
        }

        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var start = clock.GetTimestamp();
        using var span = PortalActivities.StartStep("search");
        try
        {
            return await Task.Run(
                () => index.Search(query, clock.GetUtcNow(), skip, take, either.Token), CancellationToken.None);
        }
        catch (OperationCanceledException) when (
            timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"The search took more than {Timeout.TotalSeconds} s.");
        }
        finally
        {
            metrics.Search(clock.GetElapsedTime(start));
        }
    }

    /// <summary>Single flight: concurrent searches wait for the same update.</summary>
    private Task UpdateAsync(Catalogue catalogue)
    {
        lock (_lock)
        {
            if ((_index is null || !ReferenceEquals(_indexed, catalogue)) && _updating.IsCompleted)
            {
                _updating = Task.Run(() => TryUpdateAsync(catalogue, _stopping.Token));
            }

            return _updating;
        }
    }

    private async Task TryUpdateAsync(Catalogue catalogue, CancellationToken cancellationToken)
    {
        var index = _index;
        try
        {
            index ??= await MakeAsync(cancellationToken);
            var hasChanged = await SynchroniseAsync(index, catalogue, cancellationToken);
            _indexed = catalogue;
            if (hasChanged && _sharing.IsCompleted)
            {
                // In the background, so that no search waits for it. Later changes are uploaded with the next update.
                _sharing =
                    shared.WriteAsync(index, Path.Combine(_folder!.FullName, "shared.db"), CancellationToken.None);
            }
        }
        catch (Exception failure) when (StorageFailures.Include(failure))
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Log.NotUpdated(logger, failure.GetBaseException().Message);
            }
        }
        catch (SqliteException failure) when (index is not null && SearchIndex.IsLost(failure))
        {
            // Set the field first, because a new index may be lost before it is set.
            Interlocked.CompareExchange(ref _index, index, null);
            Discard(index, failure);
            throw;
        }
    }

    /// <summary>Uses a new folder, because parts of a lost index may remain.</summary>
    private Task<SearchIndex> MakeAsync(CancellationToken cancellationToken)
    {
        DeleteFolder();
        _folder = Directory.CreateTempSubdirectory("phucthuan-search-");
        return shared.ReadAsync(Path.Combine(_folder.FullName, "search.db"), cancellationToken);
    }

    private void DeleteFolder()
    {
        if (_folder is not null && Directory.Exists(_folder.FullName))
        {
            _folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Discards a lost index; the next search creates a new one. Several searches may report the same loss.
    /// </summary>
    private void Discard(SearchIndex lost, SqliteException failure)
    {
        if (Interlocked.CompareExchange(ref _index, null, lost) == lost)
        {
            Log.Lost(logger, failure.Message);
            lost.Dispose();
        }
    }

    /// <summary>Updates the index from the catalogue. Returns true when something has changed.</summary>
    private async Task<bool> SynchroniseAsync(
        SearchIndex index, Catalogue catalogue, CancellationToken cancellationToken)
    {
        var known = index.ReadVersions();
        var redirects = Redirects.Resolve(
            catalogue.Entries.ToDictionary(entry => entry.Summary.Slug, entry => entry.Summary));
        var articles = catalogue.Entries.Where(entry => !redirects.ContainsKey(entry.Summary.Slug)).ToList();
        var present = articles.Select(entry => entry.Summary.Slug).ToHashSet();
        var removed = known.Keys.Where(slug => !present.Contains(slug)).ToList();
        var changed = articles
            .Where(entry => known.GetValueOrDefault(entry.Summary.Slug) != entry.BlobETag)
            .Select(entry => ArticleName.Of(entry.BlobName))
            .OfType<ArticleName>()
            .OrderBy(name => known.ContainsKey(name.Slug)) // new ones first
            .ToList();
        if (removed.Count > 0)
        {
            index.Change(removed, []);
        }

        var newCount = changed.Count(name => !known.ContainsKey(name.Slug));
        _backlog = new(newCount, changed.Count - newCount);
        _index = index; // from now on, searches can use it and report the missing articles
        var done = 0;
        foreach (var batch in changed.Chunk(BatchSize))
        {
            index.Change([], await ReadAsync(batch, cancellationToken));
            done += batch.Length;
            _backlog = new(Math.Max(0, newCount - done), changed.Count - Math.Max(newCount, done));
            if (changed.Count > BatchSize)
            {
                Log.Progress(logger, done, changed.Count);
            }
        }

        return removed.Count + changed.Count > 0;
    }

    /// <summary>Reads articles, except for those deleted in the meantime.</summary>
    private async Task<IReadOnlyCollection<IndexedArticle>> ReadAsync(
        ArticleName[] names, CancellationToken cancellationToken)
    {
        var articles = new ConcurrentBag<IndexedArticle>();
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (name, token) =>
            {
                if (await reader.TryReadAsync(name, token) is { } version)
                {
                    articles.Add(IndexedArticle.Of(version));
                }
            });
        return articles;
    }

    /// <summary>Articles to read: those that the index lacks, and those of which it has an older version.</summary>
    private sealed record Backlog(int New, int Changed);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Search index: {Done} of {All} articles read")]
        public static partial void Progress(ILogger logger, int done, int all);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The search index is lost and will be rebuilt: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Storage failed, the search index is not updated: {Reason}")]
        public static partial void NotUpdated(ILogger logger, string reason);
    }
}
