using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Referrers;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>What the report of a month shows.</summary>
/// <param name="First">The first day of the month.</param>
/// <param name="Made">When it was read.</param>
/// <param name="FirstKept">Days before it have no numbers any more.</param>
/// <param name="Days">The days of the month until today, without a gap; empty when none is kept.</param>
/// <param name="Ledger">The entries of this month, the oldest first.</param>
public sealed record MonthReport(
    DateOnly First,
    DateTimeOffset Made,
    DateOnly FirstKept,
    IReadOnlyList<DayStatistics> Days,
    IReadOnlyList<ArticleViews> MostRead,
    IReadOnlyList<ReferrerVisits> Referrers,
    IReadOnlyList<LedgerEntry> Ledger)
{
    public long Visits => Days.Sum(day => day.Visits);

    public long Views => Days.Sum(day => day.Views);

    public long VisitsPerDay => (long)Math.Round((double)Visits / Days.Count);

    public bool HasNumbers => Days.Any(day => day.Views > 0 || day.Dropped.Count > 0);

    /// <summary>Whether some days of the month have no numbers any more, and others have.</summary>
    public bool IsCut => FirstKept > First;

    public DayStatistics Peak => Days.MaxBy(day => day.Visits)!;

    public long Dropped(DropReason reason) => Days.Sum(day => day.Dropped.GetValueOrDefault(reason.Name()));
}
