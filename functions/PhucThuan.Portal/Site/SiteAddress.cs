using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Site;

/// <summary>Makes the absolute addresses that feeds, site maps and search engines want.</summary>
public sealed class SiteAddress(IOptions<SiteOptions> options, IConfiguration configuration, IServer server)
{
    /// <summary>Set by Azure: the function app's host name.</summary>
    private const string HostName = "WEBSITE_HOSTNAME";

    private readonly Lazy<Uri> _base = new(() => Find(options.Value, configuration, server));

    /// <param name="path">Begins with a slash.</param>
    public string Of(string path) => new Uri(_base.Value, path).AbsoluteUri;

    private static Uri Find(SiteOptions options, IConfiguration configuration, IServer server) =>
        options.Address
        ?? (configuration[HostName] is { Length: > 0 } name ? new Uri("https://" + name) : null)
        ?? new Uri(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost");
}
