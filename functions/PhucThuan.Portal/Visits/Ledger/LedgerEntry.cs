using System.Text.Json.Serialization;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>
/// An amount by which the total differs from the visits counted, or the views of an article from those counted. Written
/// once, never changed.
/// </summary>
/// <param name="Id">Unique in the ledger, or among the entries of one article. <see cref="OpeningId"/> is the opening
/// balance.</param>
/// <param name="Amount">Visits, or views of <paramref name="Article"/>; negative when a correction takes away.</param>
/// <param name="Reason">For the public, in Vietnamese.</param>
/// <param name="Time">When it was entered.</param>
/// <param name="Article">Slug of the article whose views the amount belongs to; null for visits of the site.</param>
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
