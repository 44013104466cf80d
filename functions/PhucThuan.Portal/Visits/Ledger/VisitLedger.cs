using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Visits.Counting;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>
/// Opening balances and corrections, which are added to the counted visits and views. Append-only, so that every number
/// can be explained.
/// </summary>
public sealed class VisitLedger(TableServiceClient tables, IFusionCache cache)
{
    private const string CacheKey = "visit-ledger";
    private const string ArticlesCacheKey = "visit-ledger-articles";

    /// <summary>Age in seconds at which the cache is refreshed; the ledger changes a few times a year.</summary>
    private const int FreshSeconds = 300;

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

    /// <summary>
    /// All entries of the site, oldest first, from a cache of minutes; entries written by this instance are included at
    /// once.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed, and the cache is empty.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(CancellationToken cancellationToken) =>
        await cache.GetOrRefreshAsync<IReadOnlyList<LedgerEntry>>(
            CacheKey, (_, token) => LoadAsync(token), CachePolicy.ForStorage(FreshSeconds), cancellationToken);

    /// <summary>
    /// Sums of the entries of articles, from a cache of minutes; entries written by this instance are included at once.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed, and the cache is empty.</exception>
    public async Task<ArticleBalances> ReadArticlesAsync(CancellationToken cancellationToken) =>
        await cache.GetOrRefreshAsync<ArticleBalances>(
            ArticlesCacheKey,
            async (_, token) => await ArticleBalances.SumAsync(QueryArticlesAsync(token), token),
            CachePolicy.ForStorage(FreshSeconds),
            cancellationToken);

    /// <summary>All entries of articles from storage, sorted by slug.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public IAsyncEnumerable<LedgerEntry> QueryArticlesAsync(CancellationToken cancellationToken) =>
        QueryAsync(VisitTable.ArticleLedgerPartition, cancellationToken);

    /// <summary>True when storage has an entry with the same id.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<bool> ContainsAsync(LedgerEntry entry, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(
            entry.PartitionKey, entry.RowKey, cancellationToken: cancellationToken)).HasValue;

    /// <summary>
    /// Writes an entry unless its id exists, and returns the stored entry. Safe to retry: the same id is never added
    /// twice.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed; the entry may or may not be written.</exception>
    public async Task<LedgerEntry> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var stored = await AddOrGetAsync(entry, cancellationToken);
        await ForgetAsync();
        return stored;
    }

    /// <summary>Writes entries of articles in one transaction.</summary>
    /// <param name="entries">At most 100.</param>
    /// <exception cref="RequestFailedException">Storage failed, or an entry already exists (409).</exception>
    public async Task AppendAsync(IEnumerable<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        await _table.SubmitTransactionAsync(
            entries.Select(entry => new TableTransactionAction(TableTransactionActionType.Add, entry.ToEntity())),
            cancellationToken);
        await ForgetAsync();
    }

    /// <summary>All entries of the site from storage, oldest first.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    internal async Task<IReadOnlyList<LedgerEntry>> LoadAsync(CancellationToken cancellationToken) =>
        await QueryAsync(VisitTable.LedgerPartition, cancellationToken)
            .OrderBy(entry => entry.Time)
            .ToListAsync(cancellationToken);

    /// <summary>
    /// Removes the cache entries instead of expiring them: an expired entry would still be served while storage is
    /// slow.
    /// </summary>
    private async Task ForgetAsync()
    {
        await cache.RemoveAsync(CacheKey, token: CancellationToken.None);
        await cache.RemoveAsync(ArticlesCacheKey, token: CancellationToken.None);
    }

    private async Task<LedgerEntry> AddOrGetAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(entry.ToEntity(), cancellationToken);
            return entry;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return LedgerEntry.FromEntity(await _table.GetEntityAsync<TableEntity>(
                entry.PartitionKey, entry.RowKey, cancellationToken: cancellationToken));
        }
    }

    private IAsyncEnumerable<LedgerEntry> QueryAsync(string partition, CancellationToken cancellationToken) =>
        _table.QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: cancellationToken)
            .Select(LedgerEntry.FromEntity);
}
