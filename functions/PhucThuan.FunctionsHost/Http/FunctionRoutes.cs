using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Hosting.Apps;

namespace PhucThuan.Hosting.Http;

/// <summary>
/// Finds the function for a request as the Functions host does, with the same router: in the order of names the first
/// function whose route and methods match, not the one with the most specific route. Endpoint routing would choose otherwise.
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

    /// <summary>The real host writes an error into its log and leaves out the second function.</summary>
    /// <exception cref="FunctionsHostException">Two functions have one route and a common method.</exception>
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
