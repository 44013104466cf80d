using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Numbers of the site on one day in Viet Nam.</summary>
/// <param name="Dropped">Numbers of dropped views by <see cref="DropReasons.Name"/>, without zeros.</param>
public sealed record DayStatistics(DateOnly Day, long Visits, long Views, IReadOnlyDictionary<string, long> Dropped);

/// <summary>Numbers of one article on one day in Viet Nam.</summary>
/// <param name="Visits">Visits that started with this article.</param>
public sealed record ArticleDayStatistics(DateOnly Day, string Article, long Visits, long Views);
