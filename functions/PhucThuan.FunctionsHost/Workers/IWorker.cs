namespace PhucThuan.Hosting.Workers;

/// <summary>
/// A running worker, in a separate process or in this one. Disposal waits for its exit; request the shutdown first.
/// </summary>
internal interface IWorker : IAsyncDisposable
{
    /// <summary>Null for a worker in this process.</summary>
    int? ProcessId { get; }

    /// <summary>Completes when the worker exits, gracefully or not; never faults.</summary>
    Task Ended { get; }

    /// <summary>Exit code and last errors, for a message to the user.</summary>
    string DescribeEnd();

    /// <summary>Waits until the worker's web server listens. Returns its address.</summary>
    /// <param name="announced">Address that the worker has announced.</param>
    Task<Uri> WaitForWebServerAsync(Uri announced, CancellationToken cancellationToken);
}
