using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using PhucThuan.Hosting.Apps;

namespace PhucThuan.Hosting.Rpc;

/// <summary>Makes the requests to call a function, and reads the answers.</summary>
internal static class Invocation
{
    /// <summary>The request itself goes to the worker's web server; the worker binds parameters to these values.</summary>
    public static InvocationRequest ForRequest(Function function, RouteValueDictionary values)
    {
        var request = Create(function);
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                request.TriggerMetadata[name] = new TypedData { String = Convert.ToString(value, CultureInfo.InvariantCulture) };
            }
        }

        return request;
    }

    /// <param name="due">When it was to run, in UTC; null for a run out of schedule.</param>
    /// <param name="last">When it ran before, in UTC; the least time when it did not.</param>
    /// <param name="next">In UTC.</param>
    public static InvocationRequest ForTimer(Function function, DateTime? due, DateTime last, DateTime next)
    {
        var request = Create(function);
        var timer = JsonSerializer.Serialize(new
        {
            Schedule = new { AdjustForDST = true },
            ScheduleStatus = new { Last = last, LastUpdated = due ?? last, Next = next },
            IsPastDue = false,
        });
        request.InputData.Add(new ParameterBinding { Name = function.Timer!.Parameter, Data = new TypedData { Json = timer } });
        return request;
    }

    /// <summary>Null for a success.</summary>
    public static string? DescribeFailure(StatusResult result) => result.Status == StatusResult.Types.Status.Success
        ? null
        : result.Exception is { } exception
            ? $"{exception.Message}{Environment.NewLine}{exception.StackTrace}"
            : $"{result.Status} {result.Result}";

    // The worker reads trace and retry context without asking whether they are there.
    private static InvocationRequest Create(Function function) => new()
    {
        InvocationId = Guid.NewGuid().ToString(),
        FunctionId = function.Id,
        TraceContext = new RpcTraceContext(),
        RetryContext = new RetryContext(),
    };
}
