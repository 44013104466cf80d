namespace PhucThuan.Bill;

/// <summary>Prices in US dollars; <c>prices.json</c> has their sources and units.</summary>
internal sealed record Prices(
    string Date,
    double OnDemandGigabyteSecond,
    double OnDemandExecutions,
    double FreeGigabyteSeconds,
    double FreeExecutions,
    double AlwaysReadyGigabyteSecond,
    double AlwaysReadyExecutionGigabyteSecond,
    double AlwaysReadyExecutions,
    double ShortestPeriod,
    double PeriodStep,
    ZonePrice TableOperation,
    ZonePrice BlobWrite,
    ZonePrice BlobRead,
    ZonePrice BlobGigabyte,
    double LogGigabyte,
    double FreeLogGigabytes,
    double LogAlert,
    double MetricSeries,
    double WebTest,
    double TrafficGigabyte,
    double FreeTrafficGigabytes,
    double FrontDoor,
    double FrontDoorRequest,
    double PrivateEndpointHour,
    double DnsZone)
{
    public static Prices Load() => JsonFile.Read<Prices>("prices.json");
}

/// <summary>Price with data in one zone, and in three.</summary>
internal sealed record ZonePrice(double OneZone, double Zones)
{
    public double Of(bool zoneRedundant) => zoneRedundant ? Zones : OneZone;
}
