using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Functions;

/// <summary>Deletes expired visitor hashes and keys.</summary>
public sealed class VisitorFunctions(VisitorCleanup cleanup)
{
    [Function("VisitorCleanup")]
    public Task Clean([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        cleanup.RunAsync(cancellationToken);
}
