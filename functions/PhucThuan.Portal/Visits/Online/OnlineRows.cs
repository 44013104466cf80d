using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Carries minutes between a window and table <c>visitors</c>. What is read again does no harm, as merging is
/// idempotent. One reader and one writer at a time.
/// </summary>
internal sealed class OnlineRows(TableClient table, OnlineWindow window)
{
    internal const string SketchProperty = "Sketch";

    /// <summary>
    /// Rows may become visible a little out of the order of their time stamps; those of the last seconds are asked for
    /// again.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly string _instance = Guid.NewGuid().ToString("N")[..16];

    // By the clock of storage, so that ours does not matter.
    private DateTimeOffset? _newest;

    /// <summary>One transaction, whatever changed; none when nothing did.</summary>
    /// <exception cref="RequestFailedException">Storage failed; all will be written with the next call.</exception>
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

    /// <summary>Reads what any instance wrote since the last call and still counts.</summary>
    /// <returns>How many rows could not be read, because something else wrote them.</returns>
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
