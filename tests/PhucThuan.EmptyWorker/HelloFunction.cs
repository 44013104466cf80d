using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace PhucThuan.EmptyWorker;

/// <summary>The least that an isolated worker can do: the unit in which the start of the portal is measured.</summary>
public sealed class HelloFunction
{
    [Function("Hello")]
#pragma warning disable CA1822 // the worker makes an instance
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hello")] HttpRequest request) =>
        Results.Text("Hello");
#pragma warning restore CA1822
}
