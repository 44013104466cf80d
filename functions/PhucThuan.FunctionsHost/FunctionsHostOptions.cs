namespace PhucThuan.Hosting;

/// <summary>Options of a <see cref="FunctionsHost"/>.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>Port on 127.0.0.1; 0 for a free port.</summary>
    public int Port { get; init; }

    /// <summary>
    /// App settings, as in Azure: environment variables (<c>Section__Name</c>) for a worker process, configuration for
    /// a worker in this process, where <c>Section:Name</c> is equivalent. They override inherited variables.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// App setting that receives <see cref="FunctionsHost.BaseAddress"/> when not set; null for none.
    /// </summary>
    public string? AddressSetting { get; init; }

    /// <summary>
    /// Authorises functions with <c>AuthorizationLevel.Function</c>; null for a random key, see
    /// <see cref="FunctionsHost.FunctionKey"/>.
    /// </summary>
    public string? FunctionKey { get; init; }

    /// <summary>Authorises every function, even with <c>AuthorizationLevel.Admin</c>; null for a random key.</summary>
    public string? MasterKey { get; init; }

    /// <summary>
    /// Timeout from the start of the worker until it serves requests. A request waits as long for a restarting worker;
    /// then the response is 503.
    /// </summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Timeout for a graceful shutdown with pending requests; then the worker is killed.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called for each log entry, from any thread, one call at a time.</summary>
    public Action<LogEntry>? OnLog { get; init; }
}
