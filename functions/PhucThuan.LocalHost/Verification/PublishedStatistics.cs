using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.LocalHost.Verification;

/// <summary>The fields of <c>/api/statistics.json</c> that <see cref="CheckpointAudit"/> compares.</summary>
/// <param name="FirstDayKept">Earlier days have been deleted.</param>
public sealed record PublishedStatistics(
    DateOnly FirstDayKept,
    long CountedVisits,
    IReadOnlyList<PublishedEntry> Ledger,
    IReadOnlyList<PublishedDay> Days,
    IReadOnlyList<ArticleDayStatistics> Articles);

public sealed record PublishedDay(DateOnly Day, long Visits, long Views);

public sealed record PublishedEntry(long Amount, DateTimeOffset Time);
