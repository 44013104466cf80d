using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.LocalHost.Verification;

/// <summary>What the portal publishes in <c>/api/statistics.json</c>, of all days with a checkpoint.</summary>
/// <param name="FirstDayKept">Days before it have no numbers any more.</param>
public sealed record PublishedStatistics(
    DateOnly FirstDayKept,
    long CountedVisits,
    IReadOnlyList<PublishedEntry> Ledger,
    IReadOnlyList<PublishedDay> Days,
    IReadOnlyList<ArticleDayStatistics> Articles);

public sealed record PublishedDay(DateOnly Day, long Visits, long Views);

public sealed record PublishedEntry(long Amount, DateTimeOffset Time);
