using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Hosting.Apps;

namespace PhucThuan.Hosting.Http;

/// <summary>
/// Selects the function for a request with the router of the Functions host: the first function by name whose route
/// and methods match. Endpoint routing would select the most specific route.
/// </summary>
internal static class FunctionRoutes
{
    public static void UseFunctionRoutes(
        this IApplicationBuilder app, FunctionApp functions, Func<HttpContext, Function, Task> invoke)
    {
        RequireNoConflict(functions.Functions);
        var constraints = app.ApplicationServices.GetRequiredService<IInlineConstraintResolver>();
        var routes = new RouteCollection();
        foreach (var function in functions.Functions)
        {
            if (function.Http is { } trigger)
            {
                routes.Add(new Route(
                    new RouteHandler(context => invoke(context, function)),
                    function.Name,
                    Template(functions.RoutePrefix, trigger.Route),
                    defaults: null,
                    MethodConstraint(trigger.Methods),
                    dataTokens: null,
                    constraints));
            }
        }

        app.UseRouter(routes);
    }

    /// <summary>The real host logs an error and disables the second function.</summary>
    /// <exception cref="FunctionsHostException">Two functions have the same route and a common method.</exception>
    internal static void RequireNoConflict(IReadOnlyList<Function> functions)
    {
        var conflicts =
            from second in functions
            where second.Http is not null
            from first in functions.TakeWhile(function => function != second)
            where first.Http?.ConflictsWith(second.Http!) == true
            select $"The route of function {second.Name} conflicts with that of {first.Name}: {second.Http!.Route}";
        if (conflicts.FirstOrDefault() is { } conflict)
        {
            throw new FunctionsHostException(conflict);
        }
    }

    private static string Template(string prefix, string route) =>
        prefix.Trim('/') is { Length: > 0 } before ? $"{before}/{route}" : route;

    private static Dictionary<string, object> MethodConstraint(IReadOnlyList<string> methods) => methods.Count == 0
        ? []
        : new() { ["httpMethod"] = new HttpMethodRouteConstraint([.. methods]) };
}
