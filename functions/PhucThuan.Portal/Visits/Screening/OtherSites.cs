using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Site;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>
/// Recognises requests that pages of other sites cause: an embedded picture, a script, a form. Browsers name the source
/// in <c>Sec-Fetch-Site</c> (Fetch Metadata; Chrome 76, Firefox 90, Safari 16.4), older ones in <c>Origin</c>. A page
/// cannot change either header. A request with neither is not foreign.
/// </summary>
public sealed class OtherSites(SiteAddress address)
{
    /// <summary>
    /// Whether another site sent the request. <c>same-site</c> is not another site: a portal may have several hosts.
    /// <c>none</c> is the reader's own act, such as typing the address. An opaque origin (<c>null</c>) is never a page
    /// of the portal.
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
    /// Compares hosts without ports: proxies drop or change the port. Behind Front Door and other proxies the public
    /// host is that of <c>Site:Address</c>: the Functions host replaces <c>X-Forwarded-Host</c> by the host that it was
    /// called with.
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
