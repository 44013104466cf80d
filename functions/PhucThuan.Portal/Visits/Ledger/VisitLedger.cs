using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Visits.Counting;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>
/// The opening balance and the corrections: what the total has beside the visits counted. Appended only, so that anyone
/// can see how the total came about.
/// </summary>
public sealed class VisitLedger(TableServiceClient tables, IFusionCache cache)
{
    private const string CacheKey = "visit-ledger";

    /// <summary>Age in seconds at which it is read anew; it changes a few times in a year.</summary>
    private const int FreshSeconds = 10;

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

    /// <summary>All entries, the oldest first, as they were within seconds.</summary>
    /// <exception cref="RequestFailedException">Storage failed, and the ledger was never read before.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(CancellationToken cancellationToken) =>
        await cache.GetOrRefreshAsync<IReadOnlyList<LedgerEntry>>(
            CacheKey, (_, token) => LoadAsync(token), CachePolicy.ForStorage(FreshSeconds), cancellationToken);

    /// <summary>Whether storage has an entry with this id, past what was read before.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<bool> ContainsAsync(string id, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(VisitTable.LedgerPartition, id, cancellationToken: cancellationToken)).HasValue;

    /// <summary>
    /// Writes an entry unless there is one with its id, and returns what is stored under the id then. Safe to repeat:
    /// after a lost answer the same id finds the entry instead of adding it twice.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed; the entry may or may not be written.</exception>
    public async Task<LedgerEntry> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var stored = await AddOrGetAsync(entry, cancellationToken);

        // Removed, not expired: what is expired is told on while storage is slow, and the total would lack the entry.
        await cache.RemoveAsync(CacheKey, token: CancellationToken.None);
        return stored;
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
            return LedgerEntry.FromEntity(
                await _table.GetEntityAsync<TableEntity>(VisitTable.LedgerPartition, entry.Id, cancellationToken: cancellationToken));
        }
    }

    private async Task<IReadOnlyList<LedgerEntry>> LoadAsync(CancellationToken cancellationToken) =>
        await _table.QueryAsync<TableEntity>(row => row.PartitionKey == VisitTable.LedgerPartition, cancellationToken: cancellationToken)
            .Select(LedgerEntry.FromEntity)
            .OrderBy(entry => entry.Time)
            .ToListAsync(cancellationToken);
}
