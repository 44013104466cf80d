// Stands in for the worker's packages where a feed does not serve them (see the project file): what the trigger
// classes name, with the constructors and properties of the real attributes, and nothing more.
namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a trigger method and names the function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Who may call a function over HTTP.</summary>
public enum AuthorizationLevel
{
    /// <summary>Everyone.</summary>
    Anonymous,

    /// <summary>Who signed in; the host lets everyone pass in today's versions.</summary>
    User,

    /// <summary>Who knows the key of the function or of the host.</summary>
    Function,

    /// <summary>The platform itself.</summary>
    System,

    /// <summary>Who knows the master key.</summary>
    Admin,
}

/// <summary>Calls the method for HTTP requests.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public HttpTriggerAttribute(params string[] methods)
        : this(AuthorizationLevel.Function, methods)
    {
    }

    public string? Route { get; set; }

    public string[]? Methods { get; } = methods;

    public AuthorizationLevel AuthLevel { get; } = authLevel;
}

/// <summary>Calls the method on a schedule.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>Six fields, seconds first: <c>0 */5 * * * *</c>.</summary>
    public string Schedule { get; } = schedule;
}
