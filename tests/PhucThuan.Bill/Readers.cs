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

    /// <summary>Arrivals a minute in the hour of the average visit, which is busier than the average hour.</summary>
    public double ArrivalsPerMinute(double visitsPerMonth) => ByHour(visitsPerMonth)
        .Sum(hour => hour * hour) / ByHour(visitsPerMonth).Sum();

    /// <summary>How often an instance starts in a month, and how many minutes it is awake, if one serves all.</summary>
    /// <remarks>
    /// Arrivals are a Poisson process in each hour. An instance starts with an arrival when nobody came for as long as
    /// a visit and the wait for its end take; it is awake when anybody came in that time.
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

    /// <summary>Visits a minute in each hour of the day.</summary>
    private IReadOnlyList<double> ByHour(double visitsPerMonth) =>
        [.. VisitsByHour.Select(share => visitsPerMonth / DaysPerMonth / 60 * share / VisitsByHour.Sum())];
}
