namespace PhucThuan.Bill;

/// <summary>The model of readers, robots, editors and the platform; <c>readers.json</c> explains each number.</summary>
internal sealed record Readers(
    double[] VisitsByHour,
    int PagesPerVisit,
    double ShareOfArticles,
    double MinutesOpen,
    double ShareOfNewBrowsers,
    int WidthOfPictures,
    double RobotPagesPerDay,
    double RobotPagesPerVisit,
    double UploadsPerMonth,
    double StoredGigabytes,
    double MinutesUntilStopped,
    double HostWritesPerStart,
    double HostReadsPerStart,
    double HostLeasesPerAwakeMinute,
    double LogBytesPerStart,
    double LogBytesPerAuditedOperation,
    double LogBytesPerAwakeMinute,
    double ExecutionsPerTest)
{
    public const double DaysPerMonth = 365 / 12.0;

    public const double SecondsPerMonth = DaysPerMonth * 24 * 3600;

    public static Readers Load() => JsonFile.Read<Readers>("readers.json");

    /// <summary>
    /// Arrivals per minute, averaged over visits instead of hours: most visits are in hours that are busier than
    /// average.
    /// </summary>
    public double ArrivalsPerMinute(double visitsPerMonth) => ByHour(visitsPerMonth)
        .Sum(hour => hour * hour) / ByHour(visitsPerMonth).Sum();

    /// <summary>
    /// Number of starts and of running minutes of an instance in a month, if one instance serves all.
    /// </summary>
    /// <remarks>
    /// Arrivals are a Poisson process in each hour. An instance runs for the duration of a visit plus the idle time
    /// before Azure stops it. It starts with an arrival when there was no arrival in that time.
    /// </remarks>
    public (double Starts, double AwakeMinutes) Instances(double visitsPerMonth)
    {
        var kept = MinutesUntilStopped + PagesPerVisit * MinutesOpen;
        var robots = RobotPagesPerDay / 24 / 60;
        var (starts, awake) = (0.0, 0.0);
        foreach (var rate in ByHour(visitsPerMonth).Select(visits => visits * (1 + RobotPagesPerVisit) + robots))
        {
            var asleep = Math.Exp(-rate * kept);
            starts += DaysPerMonth * 60 * rate * asleep;
            awake += DaysPerMonth * 60 * (1 - asleep);
        }

        return (starts, awake);
    }

    /// <summary>Visits per minute in each hour of the day.</summary>
    private IReadOnlyList<double> ByHour(double visitsPerMonth) =>
        [.. VisitsByHour.Select(share => visitsPerMonth / DaysPerMonth / 60 * share / VisitsByHour.Sum())];
}
