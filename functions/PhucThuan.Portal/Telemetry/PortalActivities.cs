using System.Diagnostics;

namespace PhucThuan.Portal.Telemetry;

/// <summary>
/// Spans of the portal, see docs/telemetry.md. They carry names of functions and counts, never an address, a user agent
/// or a path: paths of editors hold a key.
/// </summary>
public static class PortalActivities
{
    public const string SourceName = "PhucThuan.Portal";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// The root of a trace of its own, so that it is sampled here. The host's trace, which the worker continues, is not
    /// recorded: its spans hold the path and the user agent.
    /// </summary>
    /// <param name="function">Name of the function, such as <c>Article</c>.</param>
    public static Activity? StartFunction(string function)
    {
        var outer = Activity.Current;
        Activity.Current = null;
        var activity = Source.StartActivity(function, ActivityKind.Server);
        if (activity is null)
        {
            Activity.Current = outer;
        }

        return activity;
    }

    /// <summary>A step of the function that runs, such as <c>render</c>.</summary>
    public static Activity? StartStep(string name) => Source.StartActivity(name);
}
