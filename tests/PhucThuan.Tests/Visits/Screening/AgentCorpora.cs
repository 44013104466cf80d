using System.Reflection;
using System.Text.Json;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.Visits.Screening;

/// <summary>
/// Public lists of user agents in npm packages, which the first test run of a checkout installs.
/// </summary>
internal static class AgentCorpora
{
    /// <summary>
    /// Package <c>crawler-user-agents</c>: about 2,100 agents of 1,500 crawlers, monitors, link previews and libraries.
    /// </summary>
    public static async Task<IReadOnlyList<string>> CrawlersAsync(CancellationToken cancellationToken)
    {
        using var crawlers = await ReadAsync("crawler-user-agents/crawler-user-agents.json", cancellationToken);
        return Distinct(crawlers.RootElement.EnumerateArray()
            .SelectMany(crawler => crawler.GetProperty("instances").EnumerateArray()));
    }

    /// <summary>Package <c>top-user-agents</c>: the 100 most used agents.</summary>
    public static async Task<IReadOnlyList<string>> MostUsedBrowsersAsync(CancellationToken cancellationToken)
    {
        using var browsers = await ReadAsync("top-user-agents/src/index.json", cancellationToken);
        return Distinct(browsers.RootElement.EnumerateArray());
    }

    /// <summary>
    /// Package <c>user-agents</c>: nearly a thousand agents of 10,000 visits that many sites recorded.
    /// </summary>
    public static async Task<IReadOnlyList<string>> RecordedBrowsersAsync(CancellationToken cancellationToken)
    {
        using var visits = await ReadAsync("user-agents/dist/user-agents.json", cancellationToken);
        return Distinct(visits.RootElement.EnumerateArray().Select(visit => visit.GetProperty("userAgent")));
    }

    private static async Task<JsonDocument> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var folder = typeof(AgentCorpora).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "CorporaFolder").Value!;
        await NpmPackage.EnsureInstalledAsync(
            folder, "Installing lists of user agents with npm, once …", cancellationToken);
        await using var stream = File.OpenRead(Path.Combine(folder, "node_modules", file));
        return await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
    }

    private static List<string> Distinct(IEnumerable<JsonElement> agents) =>
        agents.Select(agent => agent.GetString()!).Distinct().ToList();
}
