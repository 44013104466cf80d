using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>Value of a counter row. Both only ever grow.</summary>
public readonly record struct Counts(long Visits, long Views)
{
    public static Counts operator +(Counts left, Counts right) =>
        new(left.Visits + right.Visits, left.Views + right.Views);

    public static Counts Add(Counts left, Counts right) => left + right;

    /// <summary>The newer of two readings of one row: counters grow, so the larger one.</summary>
    public static Counts Newer(Counts left, Counts right) =>
        new(Math.Max(left.Visits, right.Visits), Math.Max(left.Views, right.Views));

    internal static Counts FromEntity(TableEntity entity) =>
        new(entity.GetInt64(nameof(Visits)) ?? 0, entity.GetInt64(nameof(Views)) ?? 0);

    internal TableEntity ToEntity(string partitionKey, string rowKey) =>
        new(partitionKey, rowKey) { [nameof(Visits)] = Visits, [nameof(Views)] = Views };
}
