using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Referrers;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Content of a monthly report.</summary>
/// <param name="First">The first day of the month.</param>
/// <param name="Made">Time when the numbers were read.</param>
/// <param name="FirstKept">The numbers of earlier days have been deleted.</param>
/// <param name="Days">The days of the month until today, without gaps; empty when none is kept.</param>
/// <param name="Ledger">The ledger entries of the month, oldest first.</param>
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

    /// <summary>True when the numbers of some days of the month have been deleted.</summary>
    public bool IsCut => FirstKept > First;

    public DayStatistics Peak => Days.MaxBy(day => day.Visits)!;

    public long Dropped(DropReason reason) => Days.Sum(day => day.Dropped.GetValueOrDefault(reason.Name()));
}
