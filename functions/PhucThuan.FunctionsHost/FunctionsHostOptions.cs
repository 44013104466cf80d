namespace PhucThuan.Hosting;

/// <summary>How a function app is run.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// App settings, as in Azure: environment variables for a worker process (<c>Section__Name</c>), configuration for a
    /// worker in this process, where <c>Section:Name</c> is the same. They win over what this process inherited.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>App setting that receives <see cref="FunctionsHost.BaseAddress"/>, unless it is set; null for none.</summary>
    public string? AddressSetting { get; init; }

    /// <summary>
    /// Opens functions with <c>AuthorizationLevel.Function</c>; null for a random one, see <see cref="FunctionsHost.FunctionKey"/>.
    /// </summary>
    public string? FunctionKey { get; init; }

    /// <summary>Opens all functions, those with <c>AuthorizationLevel.Admin</c> too; null for a random one.</summary>
    public string? MasterKey { get; init; }

    /// <summary>
    /// How long the worker may take from its start until it serves requests. As long a request waits while a worker that
    /// died is started again; then it gets a 503.
    /// </summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the worker may take to end in order, with the requests in it; then it is killed.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Receives each entry of the log as it comes, from any thread, one at a time.</summary>
    public Action<LogEntry>? OnLog { get; init; }
}
