using System.Text.Json.Serialization;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>An amount by which the total differs from the visits counted. Written once, never changed.</summary>
/// <param name="Id">Names the entry; a second one with the same id is refused. The opening balance's is
/// <c>opening</c>.</param>
/// <param name="Amount">Visits, negative when a correction takes away.</param>
/// <param name="Reason">For the public, in Vietnamese.</param>
/// <param name="Time">When it was entered.</param>
public sealed record LedgerEntry(string Id, long Amount, string Reason, DateTimeOffset Time)
{
    public const string OpeningId = "opening";

    [JsonIgnore]
    public bool IsOpening => Id == OpeningId;

    internal static LedgerEntry FromEntity(TableEntity entity) => new(
        entity.RowKey,
        entity.GetInt64(nameof(Amount)) ?? 0,
        entity.GetString(nameof(Reason)) ?? "",
        entity.GetDateTimeOffset(nameof(Time)) ?? entity.Timestamp ?? default);

    internal TableEntity ToEntity() => new(VisitTable.LedgerPartition, Id)
    {
        [nameof(Amount)] = Amount,
        [nameof(Reason)] = Reason,
        [nameof(Time)] = Time,
    };
}
