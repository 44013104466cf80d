using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Referrers;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Content of the statistics page.</summary>
/// <param name="Made">Time when the numbers were read; the last day is incomplete.</param>
/// <param name="Days">The last days up to today, without gaps, oldest first.</param>
/// <param name="MostRead">Articles by views on these days, most viewed first.</param>
/// <param name="Referrers">Referring sites by visits on these days, most frequent first.</param>
/// <param name="Checkpoint">End of the checkpoints; null when they cannot be read.</param>
/// <param name="Ledger">Opening balance and corrections, oldest first.</param>
/// <param name="Balances">Sums of the ledger entries of articles.</param>
/// <param name="Counted">All counted visits and views.</param>
/// <param name="Options">The limits that the page describes.</param>
public sealed record StatisticsReport(
    DateTimeOffset Made,
    IReadOnlyList<DayStatistics> Days,
    IReadOnlyList<ArticleViews> MostRead,
    IReadOnlyList<ReferrerVisits> Referrers,
    LogEnd? Checkpoint,
    IReadOnlyList<LedgerEntry> Ledger,
    ArticleBalances Balances,
    Counts Counted,
    VisitOptions Options)
{
    public long Total => Counted.Visits + Ledger.Sum(entry => entry.Amount);

    public long Dropped(DropReason reason) => Days.Sum(day => day.Dropped.GetValueOrDefault(reason.Name()));
}

/// <param name="Title">Null when the article was removed.</param>
public sealed record ArticleViews(string Slug, string? Title, long Views)
{
    /// <summary>Language of the title (BCP 47); null for Vietnamese.</summary>
    public string? Language { get; init; }
}
