using Microsoft.Extensions.Logging;

namespace PhucThuan.Hosting;

/// <summary>Keeps the last log entries and passes each one to the listener.</summary>
internal sealed class HostLog(Action<LogEntry>? listener)
{
    public const string HostCategory = "FunctionsHost";
    public const string OutputCategory = "stdout";
    public const string ErrorCategory = "stderr";

    private const int Capacity = 2_000;

    private readonly Queue<LogEntry> _entries = new();
    private readonly Lock _lock = new();

    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public void Write(LogLevel level, string message) => Write(new LogEntry(level, HostCategory, message));

    public void Write(LogEntry entry)
    {
        lock (_lock)
        {
            if (_entries.Count == Capacity)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry);
            listener?.Invoke(entry);
        }
    }
}
