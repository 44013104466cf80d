using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Http;

/// <summary>
/// Security headers of every response: the portal's own style sheets, scripts and pictures only, nothing inline, no
/// framing, no MIME sniffing. <c>data:</c> allows pictures that word processors embed. <c>media-src</c> allows audio
/// and video files that are opened directly: the browser wraps such a file in a page with the file's policy. Chromium
/// also uses inline styles there; it reports a violation and shows pictures without margins.
/// </summary>
/// <param name="measuringTag">
/// A script on another host. The policy allows the script, requests to that host and pictures from it. Null for none.
/// </param>
public sealed class SecurityHeaders(Uri? measuringTag)
{
    private readonly string _contentSecurityPolicy = PolicyFor(
        measuringTag is null ? "" : " " + measuringTag.GetLeftPart(UriPartial.Authority));

    // "require-corp" would block a script whose host does not send Cross-Origin-Resource-Policy. "credentialless"
    // allows it, without cookies.
    private readonly string _embedderPolicy = measuringTag is null ? "require-corp" : "credentialless";

    /// <summary>
    /// Disables unused features. Web Share and clipboard are not listed: by default, same-origin pages may use them.
    /// </summary>
    private const string PermissionsPolicy =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), midi=(), payment=(), usb=()";

    public void Apply(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _contentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = _embedderPolicy;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;

        // Browsers ignore this header over HTTP (RFC 6797, 8.1), so development is not affected.
        headers.StrictTransportSecurity = "max-age=31536000";
    }

    /// <param name="other">Empty, or a space and another allowed origin.</param>
    private static string PolicyFor(string other) =>
        $"default-src 'none'; style-src 'self'; script-src 'self'{other}; worker-src 'self'; "
        + $"img-src 'self' data:{other}; media-src 'self'; connect-src 'self'{other}; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
