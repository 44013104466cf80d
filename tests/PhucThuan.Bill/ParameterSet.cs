using System.Text.Json.Nodes;

namespace PhucThuan.Bill;

/// <summary>Billed resources of a parameter set, read from its snapshot in <c>infra/snapshots</c>.</summary>
/// <param name="MetricSeries">Number of time series that metric alerts watch.</param>
/// <param name="TestsPerMonth">Number of runs of availability tests at all locations.</param>
internal sealed record ParameterSet(
    string Name,
    double InstanceGigabytes,
    int AlwaysReady,
    bool ZoneRedundant,
    int LogAlerts,
    int MetricSeries,
    double TestsPerMonth,
    bool FrontDoor,
    int PrivateEndpoints,
    int DnsZones)
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Path.Combine(JsonFile.Repository, "infra/snapshots"), "*.json")
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal)!];

    public static ParameterSet Load(string name)
    {
        var snapshot = File.ReadAllText(Path.Combine(JsonFile.Repository, "infra/snapshots", name + ".json"));
        var all = JsonNode.Parse(snapshot)!["predictedResources"]!.AsArray().Select(each => each!).ToList();
        var site = OfType("Microsoft.Web/sites").Single()["properties"]!;
        var scale = site["functionAppConfig"]!["scaleAndConcurrency"]!;
        return new(
            name,
            (int)scale["instanceMemoryMB"]! / 1024.0,
            scale["alwaysReady"]!.AsArray().Sum(group => (int)group!["instanceCount"]!),
            OfType("Microsoft.Storage/storageAccounts")
                .Any(account => (string?)account["sku"]!["name"] == "Standard_ZRS"),
            OfType("Microsoft.Insights/scheduledQueryRules").Count(),
            OfType("Microsoft.Insights/metricAlerts").Sum(SeriesOf),
            OfType("Microsoft.Insights/webtests").Sum(test => TestsOf(test["properties"]!)),
            OfType("Microsoft.Cdn/profiles").Any(),
            OfType("Microsoft.Network/privateEndpoints").Count(),
            OfType("Microsoft.Network/privateDnsZones").Count());

        IEnumerable<JsonNode> OfType(string type) => all.Where(each => (string?)each["type"] == type);
    }

    /// <summary>Number of time series: one for each combination of dimension values.</summary>
    private static int SeriesOf(JsonNode alert) =>
        alert["properties"]!["criteria"]!["allOf"]!
            .AsArray()
            .Sum(criterion =>
                (criterion!["dimensions"]?.AsArray() ?? []).Aggregate(
                    1,
                    (series, dimension) => series * dimension!["values"]!.AsArray().Count));

    private static double TestsOf(JsonNode test) =>
        test["Locations"]!.AsArray().Count * Readers.SecondsPerMonth / (int)test["Frequency"]!;
}
