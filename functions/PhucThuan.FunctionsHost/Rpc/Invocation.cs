using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using PhucThuan.Hosting.Apps;

namespace PhucThuan.Hosting.Rpc;

/// <summary>Creates invocation requests and reads their responses.</summary>
internal static class Invocation
{
    /// <summary>
    /// Route values only: the HTTP request itself goes to the worker's web server.
    /// </summary>
    public static InvocationRequest ForRequest(Function function, RouteValueDictionary values)
    {
        var request = Create(function);
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                request.TriggerMetadata[name] = new TypedData
                {
                    String = Convert.ToString(value, CultureInfo.InvariantCulture),
                };
            }
        }

        return request;
    }

    /// <param name="due">Scheduled time in UTC; null for an unscheduled run.</param>
    /// <param name="last">Time of the previous run in UTC; the minimum value when there was none.</param>
    /// <param name="next">Time of the next run in UTC.</param>
    public static InvocationRequest ForTimer(Function function, DateTime? due, DateTime last, DateTime next)
    {
        var request = Create(function);
        var timer = JsonSerializer.Serialize(
            new
            {
                Schedule = new { AdjustForDST = true },
                ScheduleStatus = new
                {
                    Last = last,
                    LastUpdated = due ?? last,
                    Next = next,
                },
                IsPastDue = false,
            });
        request.InputData.Add(
            new ParameterBinding
            {
                Name = function.Timer!.Parameter,
                Data = new TypedData { Json = timer },
            });
        return request;
    }

    /// <summary>The error; null on success.</summary>
    public static string? DescribeFailure(StatusResult result) => result.Status == StatusResult.Types.Status.Success
        ? null
        : result.Exception is { } exception
            ? $"{exception.Message}{Environment.NewLine}{exception.StackTrace}"
            : $"{result.Status} {result.Result}";

    // The worker reads trace and retry context without a null check.
    private static InvocationRequest Create(Function function) => new()
    {
        InvocationId = Guid.NewGuid().ToString(),
        FunctionId = function.Id,
        TraceContext = new RpcTraceContext(),
        RetryContext = new RetryContext(),
    };
}
