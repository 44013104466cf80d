namespace PhucThuan.Infra.Tests.Policies;

/// <summary>A rule for what is deployed, and an edit that breaks it.</summary>
/// <param name="Name">The rule as a sentence.</param>
/// <param name="Sets">The sets of parameters that must keep it.</param>
/// <param name="FindViolations">Names what breaks it; nothing when it is kept.</param>
/// <param name="Break">The edit. It is made in the first of <paramref name="Sets"/>.</param>
internal sealed record Policy(
    string Name, IReadOnlyList<string> Sets, Func<Resources, IEnumerable<string>> FindViolations, Action<Resources> Break)
{
    /// <summary>The first is where rules for all of them are broken.</summary>
    public static readonly string[] Everywhere = ["prod", "dev", "prod-frontdoor", "prod-private"];

    public static readonly string[] Production = ["prod", "prod-frontdoor", "prod-private"];

    public static readonly string[] OpenToAll = ["prod", "dev", "prod-private"];

    public static readonly string[] BehindFrontDoor = ["prod-frontdoor"];

    public static readonly string[] OnPrivateNetwork = ["prod-private"];
}
