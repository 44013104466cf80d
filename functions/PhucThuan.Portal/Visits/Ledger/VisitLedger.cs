using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Visits.Counting;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>
/// Opening balances and corrections: what the total, and the views of an article, have beside what was counted.
/// Appended only, so that anyone can see how a number came about.
/// </summary>
public sealed class VisitLedger(TableServiceClient tables, IFusionCache cache)
{
    private const string CacheKey = "visit-ledger";
    private const string ArticlesCacheKey = "visit-ledger-articles";

    /// <summary>Age in seconds at which it is read again; it changes a few times a year.</summary>
    private const int FreshSeconds = 300;

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

    /// <summary>
    /// All entries of the site, the oldest first, as they were within minutes; entries of this instance are in it at
    /// once.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed, and the ledger was never read before.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(CancellationToken cancellationToken) =>
        await cache.GetOrRefreshAsync<IReadOnlyList<LedgerEntry>>(
            CacheKey, (_, token) => LoadAsync(token), CachePolicy.ForStorage(FreshSeconds), cancellationToken);

    /// <summary>
    /// Sums of the entries of articles, by slug, as they were within minutes; entries of this instance are in it at
    /// once.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed, and they were never read before.</exception>
    public async Task<ArticleBalances> ReadArticlesAsync(CancellationToken cancellationToken) =>
        await cache.GetOrRefreshAsync<ArticleBalances>(
            ArticlesCacheKey,
            async (_, token) => await ArticleBalances.SumAsync(QueryArticlesAsync(token), token),
            CachePolicy.ForStorage(FreshSeconds),
            cancellationToken);

    /// <summary>All entries of articles from storage, by slug.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public IAsyncEnumerable<LedgerEntry> QueryArticlesAsync(CancellationToken cancellationToken) =>
        QueryAsync(VisitTable.ArticleLedgerPartition, cancellationToken);

    /// <summary>Whether storage has an entry with the id of this one.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<bool> ContainsAsync(LedgerEntry entry, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(
            entry.PartitionKey, entry.RowKey, cancellationToken: cancellationToken)).HasValue;

    /// <summary>
    /// Writes an entry unless there is one with its id, and returns what is stored under the id then. Safe to repeat:
    /// after a lost answer the same id finds the entry instead of adding it twice.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed; the entry may or may not be written.</exception>
    public async Task<LedgerEntry> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var stored = await AddOrGetAsync(entry, cancellationToken);
        await ForgetAsync();
        return stored;
    }

    /// <summary>Writes entries of articles, all or none of them.</summary>
    /// <param name="entries">100 at most, none of which is stored.</param>
    /// <exception cref="RequestFailedException">Storage failed, or one of them is stored (409).</exception>
    public async Task AppendAsync(IEnumerable<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        await _table.SubmitTransactionAsync(
            entries.Select(entry => new TableTransactionAction(TableTransactionActionType.Add, entry.ToEntity())),
            cancellationToken);
        await ForgetAsync();
    }

    /// <summary>All entries of the site, the oldest first, from storage.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    internal async Task<IReadOnlyList<LedgerEntry>> LoadAsync(CancellationToken cancellationToken) =>
        await QueryAsync(VisitTable.LedgerPartition, cancellationToken)
            .OrderBy(entry => entry.Time)
            .ToListAsync(cancellationToken);

    /// <summary>Removed, not expired: while storage is slow, an expired entry would be served without the new
    /// entry.</summary>
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
