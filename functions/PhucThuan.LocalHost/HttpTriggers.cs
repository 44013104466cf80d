using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.LocalHost;

/// <summary>Maps the functions with an <see cref="HttpTriggerAttribute"/> as the Functions host does.</summary>
public static class HttpTriggers
{
    public static void MapHttpTriggers(this WebApplication app)
    {
        var functions = app.Services.GetRequiredService<FunctionAssembly>().Find<HttpTriggerAttribute>().ToList();
        RefuseConflicts(functions);
        var prefix = ReadRoutePrefix(Path.Combine(AppContext.BaseDirectory, "host.json"));

        // The first that matches wins, by order of name, even against a more specific route.
        var endpoints = functions.Select((function, order) => CreateEndpoint(app.Services, function, prefix, order))
            .Append(NotFound(functions.Count))
            .ToList();
        ((IEndpointRouteBuilder)app).DataSources.Add(new DefaultEndpointDataSource(endpoints));
    }

    /// <summary>The host's default is <c>api</c>.</summary>
    internal static string ReadRoutePrefix(string hostJson)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(hostJson));
        return document.RootElement.TryGetProperty("extensions", out var extensions)
            && extensions.TryGetProperty("http", out var http)
            && http.TryGetProperty("routePrefix", out var prefix)
            ? prefix.GetString() ?? ""
            : "api";
    }

    /// <summary>The host would leave out the second of two functions with one route and a common method.</summary>
    internal static void RefuseConflicts(List<TriggerMethod<HttpTriggerAttribute>> functions)
    {
        var conflicts =
            from second in functions
            from first in functions.TakeWhile(function => function != second)
            where string.Equals(RouteOf(first), RouteOf(second), StringComparison.OrdinalIgnoreCase)
                && (MethodsOf(first).Length == 0 || MethodsOf(second).Length == 0
                    || MethodsOf(first).Intersect(MethodsOf(second), StringComparer.OrdinalIgnoreCase).Any())
            select $"The route of function {second.Name} conflicts with that of {first.Name}: {RouteOf(first)}";
        if (conflicts.FirstOrDefault() is { } conflict)
        {
            throw new LocalHostException(conflict);
        }
    }

    private static string RouteOf(TriggerMethod<HttpTriggerAttribute> function) => function.Trigger.Route ?? function.Name;

    /// <summary>None stands for all.</summary>
    private static string[] MethodsOf(TriggerMethod<HttpTriggerAttribute> function) => function.Trigger.Methods ?? [];

    /// <summary>The host answers 404 for what no route takes, for a method that no trigger lists too.</summary>
    private static Endpoint NotFound(int order) =>
        new RouteEndpointBuilder(
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            },
            RoutePatternFactory.Parse("{**path}"),
            order).Build();

    private static Endpoint CreateEndpoint(
        IServiceProvider services, TriggerMethod<HttpTriggerAttribute> function, string prefix, int order)
    {
        var route = RoutePatternFactory.Parse($"{prefix}/{RouteOf(function)}");
        var builder = new RouteEndpointBuilder(requestDelegate: null, route, order) { DisplayName = function.Name };
        if (MethodsOf(function) is { Length: > 0 } methods)
        {
            builder.Metadata.Add(new HttpMethodMetadata(methods));
        }

        // The worker makes a new object of the class for each call, in the scope of the call.
        var type = function.Method.DeclaringType!;
        builder.RequestDelegate = RequestDelegateFactory.Create(
            function.Method,
            context => ActivatorUtilities.CreateInstance(context.RequestServices, type),
            new RequestDelegateFactoryOptions
            {
                ServiceProvider = services,
                RouteParameterNames = route.Parameters.Select(parameter => parameter.Name),
                EndpointBuilder = WithFilter(builder, (context, next) => InvokeAsync(function.Trigger, context, next)),
            }).RequestDelegate;
        return builder.Build();
    }

    private static RouteEndpointBuilder WithFilter(
        RouteEndpointBuilder builder, Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> filter)
    {
        builder.FilterFactories.Add((_, next) => context => filter(context, next));
        return builder;
    }

    private static async ValueTask<object?> InvokeAsync(
        HttpTriggerAttribute trigger, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.RequestServices.GetRequiredService<FunctionKey>().Admits(http.Request, trigger.AuthLevel))
        {
            return TypedResults.Unauthorized();
        }

        await http.RequestServices.GetRequiredService<PortalPipeline>()
            .InvokeAsync(http, async () => await next(context));
        return TypedResults.Empty;
    }
}
