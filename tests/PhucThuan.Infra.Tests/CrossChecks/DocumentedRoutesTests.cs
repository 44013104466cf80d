using System.Text.RegularExpressions;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>docs/api.md and portal.http cover every route of the function app.</summary>
public sealed partial class DocumentedRoutesTests
{
    /// <summary>
    /// Routes of the function app, except for the special patterns of the home page and the fallback.
    /// </summary>
    public static TheoryData<string> Routes =>
    [
        .. Code.Functions
            .Select(Code.RouteOf)
            .OfType<string>()
            .Where(route => route != "{*path}")
            .Select(route =>
                route.StartsWith("{ignored", StringComparison.Ordinal)
                    ? ""
                    : route.Replace("**", "", StringComparison.Ordinal))
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Routes))]
    public void The_reference_lists_the_route(string route) =>
        Assert.Contains(
            Address().Matches(Repository.Read("docs/api.md")).Select(match => match.Groups[1].Value),
            address => address == "/" + route);

    [Theory]
    [MemberData(nameof(Routes))]
    public void There_is_an_example_request(string route)
    {
        var pattern = "^/"
            + Placeholder().Replace(Regex.Escape(route).Replace("}", "\\}", StringComparison.Ordinal), "[^?]+")
            + "$";

        Assert.Contains(
            Request().Matches(Repository.Read("portal.http")).Select(match => match.Groups[1].Value),
            address => Regex.IsMatch(address, pattern));
    }

    /// <summary>A path in code, with or without its method.</summary>
    [GeneratedRegex("`(?:GET |POST )?(/[^`?]*)")]
    private static partial Regex Address();

    [GeneratedRegex("^(?:GET|POST) \\{\\{host\\}\\}(/[^?\\s]*)", RegexOptions.Multiline)]
    private static partial Regex Request();

    [GeneratedRegex("\\\\\\{[^}]*\\\\?\\}")]
    private static partial Regex Placeholder();
}
