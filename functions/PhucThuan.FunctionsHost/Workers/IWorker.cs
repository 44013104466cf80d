namespace PhucThuan.Hosting.Workers;

/// <summary>A running worker: a process of its own, or in this one. Disposing of it waits for its end, which was asked for before.</summary>
internal interface IWorker : IAsyncDisposable
{
    /// <summary>Null for a worker in this process.</summary>
    int? ProcessId { get; }

    /// <summary>Ends when the worker does, in order or not; never fails.</summary>
    Task Ended { get; }

    /// <summary>Why it ended by itself, for a message to the user: exit code, last errors.</summary>
    string DescribeEnd();

    /// <summary>Waits for its web server. The answer is where that listens.</summary>
    /// <param name="announced">What the worker says its address is.</param>
    Task<Uri> WaitForWebServerAsync(Uri announced, CancellationToken cancellationToken);
}
