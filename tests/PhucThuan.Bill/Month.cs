namespace PhucThuan.Bill;

/// <summary>Costs of a portal in a month.</summary>
/// <param name="Lines">Name and US dollars; traffic is the last line.</param>
internal sealed record Month(IReadOnlyList<(string Name, double Dollars)> Lines)
{
    public const string Traffic = "outbound traffic";

    private const double Gigabyte = 1e9;
    private const double HoursPerMonth = Readers.DaysPerMonth * 24;

    public double WithoutTraffic => Lines.Where(line => line.Name != Traffic).Sum(line => line.Dollars);

    public double Total => Lines.Sum(line => line.Dollars);

    public static Month Compute(
        ParameterSet set, double visits, Measurement measured, Readers readers, Prices prices)
    {
        var (starts, awake) = readers.Instances(visits);
        if (set.AlwaysReady > 0)
        {
            (starts, awake) = (0, HoursPerMonth * 60 * set.AlwaysReady);
        }

        // Each run of a timer starts a separate instance.
        starts += HoursPerMonth;
        var tests = set.TestsPerMonth * readers.ExecutionsPerTest;
        var used = visits * Nearest(measured.Traffic, visits)
            + starts * measured.Start
            + awake / 60 * measured.IdleHour
            + HoursPerMonth * measured.Housekeeping
            + readers.UploadsPerMonth * measured.Upload
            + (readers.RobotPagesPerDay * Readers.DaysPerMonth + tests) * measured.RobotPage;
        var hostWrites = starts * readers.HostWritesPerStart;
        var hostLeases = awake * readers.HostLeasesPerAwakeMinute;
        var logs = Math.Min(used.LogBytes, awake * BusiestMinute(measured, readers))
            + starts * readers.LogBytesPerStart
            + awake * readers.LogBytesPerAwakeMinute
            + (used.BlobWrites + hostWrites + hostLeases) * readers.LogBytesPerAuditedOperation;
        return new(
        [
            ("always-ready instances", set.AlwaysReady * set.InstanceGigabytes * Readers.SecondsPerMonth
                * prices.AlwaysReadyGigabyteSecond),
            ("execution time", ExecutionTime(set, used, prices)),
            ("executions", set.AlwaysReady > 0
                ? used.Executions * prices.AlwaysReadyExecutions
                : Beyond(used.Executions, prices.FreeExecutions) * prices.OnDemandExecutions),
            ("tables", used.TableOperations * prices.TableOperation.Of(set.ZoneRedundant)),
            (
                "blobs",
                (used.BlobWrites + hostWrites) * prices.BlobWrite.Of(set.ZoneRedundant)
                    + (used.BlobReads + hostLeases + starts * readers.HostReadsPerStart)
                        * prices.BlobRead.Of(set.ZoneRedundant)
                    + readers.StoredGigabytes * prices.BlobGigabyte.Of(set.ZoneRedundant)),
            ("logs", Beyond(logs / Gigabyte, prices.FreeLogGigabytes) * prices.LogGigabyte),
            ("alerts and tests", set.LogAlerts * prices.LogAlert
                + set.MetricSeries * prices.MetricSeries
                + set.TestsPerMonth * prices.WebTest),
            ("network", (set.FrontDoor ? prices.FrontDoor + used.Executions * prices.FrontDoorRequest : 0)
                + set.PrivateEndpoints * HoursPerMonth * prices.PrivateEndpointHour
                + set.DnsZones * prices.DnsZone),
            (Traffic, Beyond(used.BytesOut / Gigabyte, prices.FreeTrafficGigabytes) * prices.TrafficGigabyte),
        ]);
    }

    /// <summary>
    /// Telemetry of a busy instance in bytes per minute. It is an upper limit, whatever the number of visits: metrics
    /// are sent once a minute, and traces have a rate limit.
    /// </summary>
    private static double BusiestMinute(Measurement measured, Readers readers) => measured.Traffic.Max(each =>
        readers.ArrivalsPerMinute(each.VisitsPerMonth) * each.Visit.LogBytes);

    /// <summary>The measurement at the nearest number of visits per month, by ratio.</summary>
    private static Meters Nearest(IReadOnlyList<VisitMeasurement> traffic, double visits) =>
        traffic.MinBy(each => Math.Abs(Math.Log(each.VisitsPerMonth / visits)))!.Visit;

    /// <summary>
    /// One on-demand instance serves all requests; always-ready instances share them. The time of each is at most a
    /// month.
    /// </summary>
    private static double ExecutionTime(ParameterSet set, Meters used, Prices prices) => set.AlwaysReady > 0
        ? Math.Min(used.SpreadSeconds, set.AlwaysReady * Readers.SecondsPerMonth) * set.InstanceGigabytes
            * prices.AlwaysReadyExecutionGigabyteSecond
        : Beyond(
            Math.Min(used.BusySeconds, Readers.SecondsPerMonth) * set.InstanceGigabytes, prices.FreeGigabyteSeconds)
            * prices.OnDemandGigabyteSecond;

    private static double Beyond(double used, double free) => Math.Max(0, used - free);
}
