using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Synchronises a window with table <c>visitors</c>. Rows may be read repeatedly, because merging is idempotent. One
/// reader and one writer at a time.
/// </summary>
internal sealed class OnlineRows(TableClient table, OnlineWindow window)
{
    internal const string SketchProperty = "Sketch";

    /// <summary>
    /// Rows may become visible slightly out of the order of their timestamps, so the newest ones are read again.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly string _instance = Guid.NewGuid().ToString("N")[..16];

    // Timestamp by storage's clock, so that differences between clocks do not matter.
    private DateTimeOffset? _newest;

    /// <summary>Writes all changed minutes in one transaction.</summary>
    /// <exception cref="RequestFailedException">Storage failed; the next call writes the same minutes.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var changed = window.Changed();
        if (changed.Count == 0)
        {
            return;
        }

        await table.SubmitTransactionAsync(
            changed.Select(row => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace,
                new TableEntity(
                    VisitorTable.OnlinePartition,
                    VisitorTable.OnlineRow(row.Minute, row.Key.Day, _instance))
                {
                    [SketchProperty] = row.Sketch,
                })),
            cancellationToken);
        window.Written(changed);
    }

    /// <summary>Merges the rows of the window that any instance has written since the last call.</summary>
    /// <returns>Number of rows with an invalid format.</returns>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        var unreadable = 0;
        var newest = _newest;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {VisitorTable.OnlinePartition} and RowKey ge {VisitorTable.MinuteRows(window.First)}");
        if (_newest is { } known)
        {
            filter += TableClient.CreateQueryFilter($" and Timestamp ge {known - Margin}");
        }

        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            newest = newest > row.Timestamp ? newest : row.Timestamp;
            try
            {
                var (minute, keyDay) = VisitorTable.ParseOnlineRow(row.RowKey);
                window.Merge(minute, new(keyDay, Shared: true), VisitorSketch.Parse(row.GetBinary(SketchProperty)));
            }
            catch (Exception failure) when (failure is FormatException or InvalidOperationException)
            {
                unreadable++;
            }
        }

        _newest = newest;
        return unreadable;
    }
}
