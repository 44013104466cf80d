using System.Diagnostics;

namespace PhucThuan.Portal.Telemetry;

/// <summary>
/// Spans of the portal, see docs/telemetry.md. They contain names of functions and counts, but no address, user agent
/// or path, because the editors' paths contain a key.
/// </summary>
public static class PortalActivities
{
    public const string SourceName = "PhucThuan.Portal";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// Starts a new trace, so that it is sampled here. The host's trace, which the worker continues, is not recorded,
    /// because its spans contain the path and the user agent.
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

    /// <summary>Starts a child span of the current function, such as <c>render</c>.</summary>
    public static Activity? StartStep(string name) => Source.StartActivity(name);
}
