using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>Value of a counter row. Neither number ever decreases.</summary>
public readonly record struct Counts(long Visits, long Views)
{
    /// <summary>Above any real count, and small enough that the sum of 1,024 rows does not overflow.</summary>
    private const long Max = 1_000_000_000_000_000;

    public static Counts operator +(Counts left, Counts right) =>
        new(left.Visits + right.Visits, left.Views + right.Views);

    public static Counts Add(Counts left, Counts right) => left + right;

    /// <summary>The newer of two values of one row: the larger one, because counters never decrease.</summary>
    public static Counts Newer(Counts left, Counts right) =>
        new(Math.Max(left.Visits, right.Visits), Math.Max(left.Views, right.Views));

    /// <exception cref="FormatException">
    /// The row is damaged: a number is missing, has another type or is out of range.
    /// </exception>
    internal static Counts FromEntity(TableEntity entity) =>
        new(Read(entity, nameof(Visits)), Read(entity, nameof(Views)));

    internal Counts Negate() => new(-Visits, -Views);

    internal TableEntity ToEntity(string partitionKey, string rowKey) =>
        new(partitionKey, rowKey) { [nameof(Visits)] = Visits, [nameof(Views)] = Views };

    private static long Read(TableEntity entity, string property)
    {
        entity.TryGetValue(property, out var value);
        long? number = value switch
        {
            long int64 => int64,
            int int32 => int32, // table editors write small numbers with this type
            _ => null,
        };
        return number is >= 0 and <= Max
            ? number.Value
            : throw new FormatException(
                $"Row '{entity.RowKey}' of partition '{entity.PartitionKey}' has {property} '{value}';"
                + $" allowed are whole numbers from 0 to {Max}.");
    }
}
