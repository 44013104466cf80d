namespace PhucThuan.Portal.Visits.Counting;

/// <summary>A visit whose request waits until it is in storage.</summary>
internal sealed class PendingVisit(Visit visit)
{
    // Continuations run elsewhere: a request that goes on must not delay the loop that commits.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Visit Visit => visit;

    /// <summary>Ends when the visit is in storage; fails when it was given up.</summary>
    public Task Completion => _completion.Task;

    public void Complete(Task commit) => _completion.SetFromTask(commit);
}
