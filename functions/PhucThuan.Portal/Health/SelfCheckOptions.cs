namespace PhucThuan.Portal.Health;

/// <summary>Options of <see cref="SelfCheck"/>, from section <c>SelfCheck</c>.</summary>
public sealed record SelfCheckOptions
{
    public const string Section = "SelfCheck";

    /// <summary>
    /// True to run the check every hour. Set it when no external availability test monitors the portal.
    /// </summary>
    public bool Enabled { get; init; }
}
