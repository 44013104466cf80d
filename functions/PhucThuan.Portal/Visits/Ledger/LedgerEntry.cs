using System.Text.Json.Serialization;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>
/// An amount that is added to the counted visits of the site or to the counted views of an article. Never changed after
/// it has been written.
/// </summary>
/// <param name="Id">
/// Unique among the entries of the site or of an article. <see cref="OpeningId"/> is the opening balance.
/// </param>
/// <param name="Amount">Visits, or views of <paramref name="Article"/>; a correction may be negative.</param>
/// <param name="Reason">Shown to the public, in Vietnamese.</param>
/// <param name="Time">Time of writing.</param>
/// <param name="Article">Slug of the article; null for an entry of the site.</param>
public sealed record LedgerEntry(
    string Id,
    long Amount,
    string Reason,
    DateTimeOffset Time,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Article = null)
{
    public const string OpeningId = "opening";

    [JsonIgnore]
    public bool IsOpening => Id == OpeningId;

    internal string PartitionKey =>
        Article is null ? VisitTable.LedgerPartition : VisitTable.ArticleLedgerPartition;

    /// <summary>The id, or <c>bai-viet:opening</c> for an article.</summary>
    internal string RowKey => Article is null ? Id : $"{Article}:{Id}";

    internal static LedgerEntry FromEntity(TableEntity entity)
    {
        var key = entity.RowKey.Split(':', 2);
        return new(
            key[^1],
            entity.GetInt64(nameof(Amount)) ?? 0,
            entity.GetString(nameof(Reason)) ?? "",
            entity.GetDateTimeOffset(nameof(Time)) ?? entity.Timestamp ?? default,
            key.Length == 2 ? key[0] : null);
    }

    internal TableEntity ToEntity() => new(PartitionKey, RowKey)
    {
        [nameof(Amount)] = Amount,
        [nameof(Reason)] = Reason,
        [nameof(Time)] = Time,
    };
}
