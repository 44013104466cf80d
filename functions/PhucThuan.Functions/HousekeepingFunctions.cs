using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Health;

namespace PhucThuan.Functions;

/// <summary>
/// One hourly timer for all upkeep. On Flex Consumption each timer function has its own instances, and each start of an
/// instance costs a second of execution and about thirty storage operations of the host.
/// </summary>
public sealed class HousekeepingFunctions(Housekeeping housekeeping)
{
    // The alert "problems" in infra/ depends on the line that the host logs for a successful run.
    [Function("Housekeeping")]
    public Task Run([TimerTrigger("0 45 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        housekeeping.RunAsync(cancellationToken);
}
