using PhucThuan.Hosting.Rpc;

namespace PhucThuan.Hosting.Workers;

/// <summary>A worker that has loaded its functions and serves requests.</summary>
/// <param name="Address">Address of its web server; null for an app without HTTP triggers.</param>
internal sealed record ReadyWorker(IWorker Worker, WorkerChannel Channel, Uri? Address)
{
    public bool IsLost => Worker.Ended.IsCompleted || Channel.Closed.IsCompleted;

    public Task Lost => Task.WhenAny(Worker.Ended, Channel.Closed);
}
