using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace PhucThuan.Tests.LocalHost;

/// <summary>Triggers that no portal has, to see how LocalHost maps them.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Triggers are instance methods.")]
[SuppressMessage("Style", "IDE0060", Justification = "A trigger parameter carries the attribute.")]
public sealed class TestFunctions(Channel<string> runs)
{
    [Function("AnyMethod")]
    public IResult AnyMethod(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "any")] HttpRequest request) => Results.Text(request.Method);

    [Function("ByParameter")]
    public IResult ByParameter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:int}/{**rest}")] HttpRequest request,
        int id,
        string? rest) => Results.Text($"{id} {rest}");

    // A more specific route, but a later name: the Functions host never comes to it.
    [Function("Literal")]
    public IResult Literal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/7/seven")] HttpRequest request) => Results.Text("seven");

    [Function("Keyed")]
    public IResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get", Route = "keyed")] HttpRequest request) =>
        Results.Text("open");

    [Function("Named")]
    public IResult Named([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("by name");

    [Function("Throwing")]
    public Task<IResult> Throwing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throwing")] HttpRequest request) =>
        throw new InvalidOperationException("a secret");

    [Function("ThrowingResult")]
    public IResult ThrowingResult([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/throwing")] HttpRequest request) =>
        new FailingResult();

    [Function("Tick")]
    public async Task Tick([TimerTrigger("*/10 * * * * *")] string timer, CancellationToken cancellationToken)
    {
        await runs.Writer.WriteAsync("tick", cancellationToken);
        throw new InvalidOperationException("A failed run must not end the schedule.");
    }

    private sealed class FailingResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("a secret");
    }
}
