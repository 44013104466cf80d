using System.Runtime.CompilerServices;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Referrers;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Reads daily numbers.</summary>
public sealed class StatisticsReader(VisitRows rows)
{
    /// <summary>
    /// All days from <paramref name="first"/> to <paramref name="last"/>, including days without visits.
    /// </summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public async Task<IReadOnlyList<DayStatistics>> ReadDaysAsync(
        DateOnly first,
        DateOnly last,
        CancellationToken cancellationToken)
    {
        var counts = new Dictionary<DateOnly, Counts>();
        await foreach (var (day, _, count) in ReadAsync(VisitTable.DayPrefix, first, last, cancellationToken))
        {
            counts[day] = count;
        }

        var dropped = new Dictionary<DateOnly, Dictionary<string, long>>();
        await foreach (var (day, reason, count) in ReadAsync(VisitTable.DroppedPrefix, first, last, cancellationToken))
        {
            dropped.TryAdd(day, []);
            dropped[day][reason] = count.Views;
        }

        return [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Select(day =>
            new DayStatistics(
                day,
                counts.GetValueOrDefault(day).Visits,
                counts.GetValueOrDefault(day).Views,
                dropped.GetValueOrDefault(day) ?? []))];
    }

    /// <summary>The numbers of articles per day, sorted by day and article; days without views are omitted.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public IAsyncEnumerable<ArticleDayStatistics> ReadArticlesAsync(
        DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        ReadAsync(VisitTable.ArticleDayPrefix, first, last, cancellationToken)
            .Select(row => new ArticleDayStatistics(row.Day, row.Name, row.Counts.Visits, row.Counts.Views));

    /// <summary>The visits from referring sites per day, sorted by day and host.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public IAsyncEnumerable<ReferrerDay> ReadReferrersAsync(
        DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        ReadAsync(VisitTable.ReferrerPrefix, first, last, cancellationToken)
            .Select(row => new ReferrerDay(row.Day, row.Name, row.Counts.Visits));

    private async IAsyncEnumerable<(DateOnly Day, string Name, Counts Counts)> ReadAsync(
        string prefix, DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = rows.ReadAsync(
            prefix + VietnamTime.FormatIso(first), prefix + VietnamTime.FormatIso(last.AddDays(1)), cancellationToken);
        await foreach (var (rowKey, counts) in keys)
        {
            var (day, rest) = VisitTable.ParseDay(rowKey, prefix);
            yield return (day, rest, counts);
        }
    }
}
