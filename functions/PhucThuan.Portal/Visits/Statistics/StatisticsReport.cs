using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Referrers;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>What the page of statistics shows, read at one time.</summary>
/// <param name="Made">When it was read; the last day is not over then.</param>
/// <param name="Days">The last days without a gap, the oldest first, today at the end.</param>
/// <param name="MostRead">Articles by views in these days, the most viewed first.</param>
/// <param name="Referrers">Sites by visits in these days, the most frequent first.</param>
/// <param name="Checkpoint">End of the checkpoints; null while they cannot be read.</param>
/// <param name="Ledger">Opening balance and corrections, the oldest first.</param>
/// <param name="Balances">Views of articles by the ledger.</param>
/// <param name="Counted">All visits and views since the portal counts.</param>
/// <param name="Options">The limits that the page states.</param>
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
    /// <summary>Of the title (BCP 47); null for Vietnamese.</summary>
    public string? Language { get; init; }
}
