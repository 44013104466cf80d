using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Storage;

/// <summary>Measures each request to storage, including retries, by operation and outcome.</summary>
/// <param name="service"><c>blob</c> or <c>table</c>.</param>
internal sealed class StorageMeasurement(string service, PortalMetrics metrics) : HttpPipelinePolicy
{
    /// <inheritdoc />
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            ProcessNext(message, pipeline);
        }
        finally
        {
            Record(message, start);
        }
    }

    /// <inheritdoc />
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            Record(message, start);
        }
    }

    /// <summary><c>list</c>, <c>batch</c>, <c>read</c>, <c>write</c> or <c>delete</c>.</summary>
    internal static string OperationOf(RequestMethod method, string query, string path) =>
        method == RequestMethod.Get || method == RequestMethod.Head
            ? query.Contains("comp=list", StringComparison.Ordinal) || path.EndsWith("()", StringComparison.Ordinal)
                ? "list"
                : "read"
            : method == RequestMethod.Delete
                ? "delete"
                : path.EndsWith("/$batch", StringComparison.Ordinal) ? "batch" : "write";

    /// <summary>
    /// <c>ok</c> (including 304), <c>missing</c>, <c>conflict</c> (409, 412), <c>denied</c>, <c>busy</c> (429, 503),
    /// <c>error</c>, or <c>no_answer</c>.
    /// </summary>
    internal static string OutcomeOf(int? status) => status switch
    {
        null => "no_answer",
        < 400 => "ok",
        404 or 416 => "missing",
        409 or 412 => "conflict",
        401 or 403 => "denied",
        429 or 503 => "busy",
        _ => "error",
    };

    private void Record(HttpMessage message, long start)
    {
        var uri = message.Request.Uri;
        metrics.Storage(
            service,
            OperationOf(message.Request.Method, uri.Query, uri.Path),
            OutcomeOf(message.HasResponse ? message.Response.Status : null),
            Stopwatch.GetElapsedTime(start));
    }
}
