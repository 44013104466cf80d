using Microsoft.Extensions.Logging;

namespace PhucThuan.Hosting;

/// <summary>A log entry of the worker or the host.</summary>
/// <param name="Level">Level of the logger; Information for standard output, Error for standard error.</param>
/// <param name="Category">Category of the logger; <c>stdout</c> or <c>stderr</c> for the worker's streams.</param>
/// <param name="Message">One line of a stream, or a logger's text, which may have several lines.</param>
/// <param name="Exception">Message and stack trace; null without an exception.</param>
public sealed record LogEntry(LogLevel Level, string Category, string Message, string? Exception = null);
