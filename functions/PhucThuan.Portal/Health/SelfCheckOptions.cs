namespace PhucThuan.Portal.Health;

/// <summary>From section <c>SelfCheck</c>.</summary>
public sealed record SelfCheckOptions
{
    public const string Section = "SelfCheck";

    /// <summary>
    /// True where no availability test watches the portal from outside: <see cref="SelfCheck"/> does, every hour.
    /// </summary>
    public bool Enabled { get; init; }
}
