using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Site;

/// <summary>Creates absolute addresses for feeds, site maps and canonical links.</summary>
public sealed class SiteAddress(IOptions<SiteOptions> options, IConfiguration configuration, IServer server)
{
    /// <summary>Environment variable of Azure with the host name of the function app.</summary>
    private const string HostName = "WEBSITE_HOSTNAME";

    private readonly Lazy<Uri> _base = new(() => Find(options.Value, configuration, server));

    /// <param name="path">Starts with a slash.</param>
    public string Of(string path) => new Uri(_base.Value, path).AbsoluteUri;

    private static Uri Find(SiteOptions options, IConfiguration configuration, IServer server) =>
        options.Address
        ?? (configuration[HostName] is { Length: > 0 } name ? new Uri("https://" + name) : null)
        ?? new Uri(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost");
}
