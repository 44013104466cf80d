using Microsoft.Extensions.Logging;

namespace PhucThuan.Hosting;

/// <summary>What the worker or the host had to say.</summary>
/// <param name="Level">Of a logger; what the worker writes to its standard output and error is Information and Error.</param>
/// <param name="Category">Of a logger; <c>stdout</c> and <c>stderr</c> for the worker's standard output and error.</param>
/// <param name="Message">A line of the standard output or error, a logger's text, which may have several.</param>
/// <param name="Exception">Message and stack trace; null without an exception.</param>
public sealed record LogEntry(LogLevel Level, string Category, string Message, string? Exception = null);
