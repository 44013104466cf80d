using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace PhucThuan.EmptyWorker;

/// <summary>A minimal isolated worker, whose start time is the unit for the start time of the portal.</summary>
public sealed class HelloFunction
{
    [Function("Hello")]
#pragma warning disable CA1822 // the worker creates an instance
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hello")] HttpRequest request) =>
        Results.Text("Hello");
#pragma warning restore CA1822
}
