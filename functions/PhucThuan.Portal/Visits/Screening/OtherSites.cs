using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Site;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>
/// Detects requests from pages of other sites: an embedded picture, a script, a form. Browsers send
/// <c>Sec-Fetch-Site</c> (Fetch Metadata; Chrome 76, Firefox 90, Safari 16.4), older ones <c>Origin</c>. A page cannot
/// change either header. A request with neither header is not treated as foreign.
/// </summary>
public sealed class OtherSites(SiteAddress address)
{
    /// <summary>
    /// True when another site sent the request. <c>same-site</c> is not another site, because a portal may have several
    /// hosts. <c>none</c> is an action of the reader, such as typing the address. A page of the portal never has an
    /// opaque origin (<c>null</c>).
    /// </summary>
    public bool Sent(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers["Sec-Fetch-Site"].ToString().Trim().ToUpperInvariant() switch
        {
            "CROSS-SITE" => true,
            "SAME-ORIGIN" or "SAME-SITE" or "NONE" => false,
            _ => request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwn(origin, request),
        };
    }

    /// <summary>
    /// Compares hosts without ports, because proxies drop or change them. Behind a proxy such as Front Door, the public
    /// host is that of <c>Site:Address</c>, because the Functions host overwrites <c>X-Forwarded-Host</c> with the
    /// request's host.
    /// </summary>
    internal bool IsOwnHost(string host, HttpRequest request) =>
        Normalize(host) == Normalize(request.Host.Host)
        || Normalize(host) == Normalize(new Uri(address.Of("/")).IdnHost);

    private bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var source)
        && source.IdnHost.Length > 0
        && IsOwnHost(source.IdnHost, request);

    private static string Normalize(string host) => host.Trim('[', ']').TrimEnd('.').ToUpperInvariant();
}
