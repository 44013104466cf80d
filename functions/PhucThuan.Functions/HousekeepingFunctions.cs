using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Health;

namespace PhucThuan.Functions;

/// <summary>
/// The hourly timer. On Flex Consumption each timer function has instances of its own, and each start of one costs a
/// second of its time and some thirty storage operations of the host.
/// </summary>
public sealed class HousekeepingFunctions(Housekeeping housekeeping)
{
    // The alert "problems" of infra/ reads the line that the host logs when a run succeeded.
    [Function("Housekeeping")]
    public Task Run([TimerTrigger("0 45 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        housekeeping.RunAsync(cancellationToken);
}
