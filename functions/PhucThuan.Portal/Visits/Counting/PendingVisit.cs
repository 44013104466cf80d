namespace PhucThuan.Portal.Visits.Counting;

/// <summary>A visit with a request that waits for its commit.</summary>
internal sealed class PendingVisit(Visit visit)
{
    // Asynchronous continuations, so that a completed request does not delay the commit loop.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Visit Visit => visit;

    /// <summary>Completes when the visit is stored; faults when it was refused.</summary>
    public Task Completion => _completion.Task;

    public void Complete(Task commit) => _completion.SetFromTask(commit);
}
