using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Visits.Checkpoints;

/// <summary>Counters at the end of each past day, computed from the rows in storage.</summary>
internal sealed class DayCounts
{
    private readonly DateOnly _today;
    private readonly SortedDictionary<DateOnly, Counts> _days = [];
    private Counts _endedDays;

    private DayCounts(DateOnly today) => _today = today;

    /// <summary>The first day with a row; null when nothing was counted before today.</summary>
    public DateOnly? First => _days.Count == 0 ? null : _days.Keys.First();

    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    /// <exception cref="FormatException">A row is damaged.</exception>
    public static async Task<DayCounts> ReadAsync(
        TableClient table, IEnumerable<int> partitions, DateOnly today, CancellationToken cancellationToken)
    {
        var result = new DayCounts(today);
        foreach (var partition in partitions)
        {
            await result.AddAsync(table, VisitTable.PartitionKey(partition), cancellationToken);
        }

        return result;
    }

    /// <summary>The counts of one day.</summary>
    public Counts Of(DateOnly day) => _days.GetValueOrDefault(day);

    /// <summary>
    /// Everything counted until the end of a past day. Requires that the rows of later days have not been deleted.
    /// </summary>
    public Counts Until(DateOnly day) => _days
        .Where(pair => pair.Key > day)
        .Aggregate(_endedDays, (sum, pair) => sum + pair.Value.Negate());

    private async Task AddAsync(TableClient table, string key, CancellationToken cancellationToken)
    {
        string site = VisitTable.SiteRow, first = VisitTable.DayPrefix, today = VisitTable.DayRow(_today);
        string end = VisitTable.DayPrefixEnd;
        await foreach (var row in QueryAsync(
            table, $"PartitionKey eq {key} and RowKey ge {first} and RowKey lt {today}", cancellationToken))
        {
            var (day, _) = VisitTable.ParseDay(row.RowKey, VisitTable.DayPrefix);
            _days[day] = _days.GetValueOrDefault(day) + Counts.FromEntity(row);
        }

        // A query of one partition is a snapshot if it has a single page, and this one returns a row or two. A
        // concurrent commit is therefore in both rows or in neither.
        await foreach (var row in QueryAsync(
            table,
            $"PartitionKey eq {key} and (RowKey eq {site} or (RowKey ge {today} and RowKey lt {end}))",
            cancellationToken))
        {
            var counts = Counts.FromEntity(row);
            _endedDays += row.RowKey == site ? counts : counts.Negate();
        }
    }

    private static AsyncPageable<TableEntity> QueryAsync(
        TableClient table, FormattableString filter, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(filter), cancellationToken: cancellationToken);
}
