using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Search;

/// <summary>What has been found, and whether all articles were searched.</summary>
/// <param name="Missing">Articles that the index lacks yet, as in the first seconds of a large portal.</param>
public sealed record SearchResult(SearchHits Hits, int Missing);

/// <summary>
/// Searches the articles. The index is this instance's own file; before each search it is compared with the catalogue, and
/// only what has changed is read. Nobody waits long for that: a search then answers from what is there.
/// </summary>
public sealed partial class ArticleSearch(
    CatalogueCache catalogues, ArticleReader reader, SearchIndexBlob shared, TimeProvider clock, ILogger<ArticleSearch> logger) : IAsyncDisposable
{
    /// <summary>Articles that become searchable together while many are read.</summary>
    private const int BatchSize = 100;

    private const int ConcurrentReads = 8;

    private const int MaxQueued = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The slowest search of 10,000 articles took 0.3 s.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // A search keeps a core busy; pages and visits need the cores too.
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
    private int _missing;

    /// <summary>Where the index is on this machine; null before the first search.</summary>
    internal DirectoryInfo? Folder => _folder;

    /// <summary>The articles whose time has come, as <see cref="SearchIndex.Search"/> finds them.</summary>
    /// <exception cref="StorageUnavailableException">There is no index yet, and none can be made now.</exception>
    public async Task<SearchResult> SearchAsync(SearchQuery query, int skip, int take, CancellationToken cancellationToken)
    {
        var catalogue = await catalogues.GetAllAsync(cancellationToken);
        try
        {
            return await FindAsync(catalogue, query, skip, take, cancellationToken);
        }
        catch (SqliteException failure) when (SearchIndex.IsLost(failure))
        {
            // It has been given up, so a new one is made now.
            return await FindAsync(catalogue, query, skip, take, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return; // a second call, which the contract of IAsyncDisposable allows
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
            await UpdateAsync(catalogue).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on; this search answers from what is there.
        }

        var index = _index ?? throw new StorageUnavailableException("The search index is being fetched.");
        try
        {
            return new(await RunAsync(index, query, skip, take, cancellationToken), _missing);
        }
        catch (SqliteException failure) when (SearchIndex.IsLost(failure))
        {
            GiveUp(index, failure);
            throw;
        }
    }

    /// <summary>SQLite blocks its thread, so the search runs beside the request: the reader may leave, the time is bounded.</summary>
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
        try
        {
            return await Task.Run(
                () => index.Search(query, clock.GetUtcNow(), skip, take, either.Token), CancellationToken.None);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"The search took over {Timeout.TotalSeconds} s.");
        }
    }

    /// <summary>One update at a time; a search that comes in the meantime waits for the same.</summary>
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
            if (index is null)
            {
                _missing = catalogue.Entries.Count; // until it is known
                _index = index = await MakeAsync(cancellationToken);
            }

            var hasChanged = await BringUpAsync(index, catalogue, cancellationToken);
            _indexed = catalogue;
            if (hasChanged && _sharing.IsCompleted)
            {
                // Beside searches, none of which is to wait for it. What changes meanwhile goes with the next change.
                _sharing = shared.WriteAsync(index, Path.Combine(_folder!.FullName, "shared.db"), CancellationToken.None);
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
            GiveUp(index, failure);
            throw;
        }
    }

    /// <summary>In a new folder: of an index that was lost, a part may be left.</summary>
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

    /// <summary>The next search makes a new one. Several may find the same one lost, and one of them may be late.</summary>
    private void GiveUp(SearchIndex lost, SqliteException failure)
    {
        if (Interlocked.CompareExchange(ref _index, null, lost) == lost)
        {
            Log.Lost(logger, failure.Message);
            lost.Dispose();
        }
    }

    /// <summary>Whether anything had changed.</summary>
    private async Task<bool> BringUpAsync(SearchIndex index, Catalogue catalogue, CancellationToken cancellationToken)
    {
        var known = index.ReadVersions();
        var present = catalogue.Entries.Select(entry => entry.Summary.Slug).ToHashSet();
        var removed = known.Keys.Where(slug => !present.Contains(slug)).ToList();
        var changed = catalogue.Entries
            .Where(entry => known.GetValueOrDefault(entry.Summary.Slug) != entry.BlobETag)
            .Select(entry => entry.Summary.Slug).ToList();
        if (removed.Count > 0)
        {
            index.Change(removed, []);
        }

        _missing = changed.Count;
        foreach (var batch in changed.Chunk(BatchSize))
        {
            index.Change([], await ReadAsync(batch, cancellationToken));
            _missing -= batch.Length;
            if (changed.Count > BatchSize)
            {
                Log.Progress(logger, changed.Count - _missing, changed.Count);
            }
        }

        return removed.Count + changed.Count > 0;
    }

    /// <summary>Without those that were deleted meanwhile.</summary>
    private async Task<IReadOnlyCollection<IndexedArticle>> ReadAsync(string[] slugs, CancellationToken cancellationToken)
    {
        var articles = new ConcurrentBag<IndexedArticle>();
        await Parallel.ForEachAsync(
            slugs,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (slug, token) =>
            {
                if (await reader.TryReadAsync(slug, token) is { } version)
                {
                    articles.Add(IndexedArticle.Of(version));
                }
            });
        return articles;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Search index: {Done} of {All} articles read")]
        public static partial void Progress(ILogger logger, int done, int all);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The search index is lost and made anew: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The search index stays as it is, because storage failed: {Reason}")]
        public static partial void NotUpdated(ILogger logger, string reason);
    }
}
