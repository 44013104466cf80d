using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Tests.Visits.Counting;

internal static class TestCounter
{
    /// <summary>Creates the counter of one instance of the portal.</summary>
    public static VisitCounter Create(
        TableServiceClient tables,
        TimeProvider? clock = null,
        KnownCounts? known = null,
        ILogger<VisitCounter>? logger = null,
        PortalMetrics? metrics = null) =>
        new(
            tables,
            Registry(tables, clock),
            known ?? new KnownCounts(),
            metrics ?? TestMetrics.None,
            clock ?? TimeProvider.System,
            logger ?? NullLogger<VisitCounter>.Instance);

    public static PartitionRegistry Registry(TableServiceClient tables, TimeProvider? clock = null) =>
        new(tables, TestMetrics.None, clock ?? TimeProvider.System, NullLogger<PartitionRegistry>.Instance);
}
