using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Http;

/// <summary>
/// Security headers of every response: own style sheets, scripts and pictures only, nothing inline, no framing, no MIME
/// sniffing. <c>data:</c> allows pictures that word processors embed. <c>media-src</c> is for audio and video files
/// opened directly: the browser wraps them in a page that has the policy of the file. Chromium styles such pages
/// inline, logs a violation, and shows pictures without its margins.
/// </summary>
/// <param name="measuringTag">
/// A script of another host that may run, send what it measures to that host and load a picture from it. Null for none.
/// </param>
public sealed class SecurityHeaders(Uri? measuringTag)
{
    private readonly string _contentSecurityPolicy = PolicyFor(
        measuringTag is null ? "" : " " + measuringTag.GetLeftPart(UriPartial.Authority));

    // A script of a host that does not send Cross-Origin-Resource-Policy loads with "credentialless", without cookies.
    private readonly string _embedderPolicy = measuringTag is null ? "require-corp" : "credentialless";

    /// <summary>
    /// Disables unused features. Web Share and clipboard stay at their default, which allows them for own pages.
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

    /// <param name="other">A further origin after a space, or nothing.</param>
    private static string PolicyFor(string other) =>
        $"default-src 'none'; style-src 'self'; script-src 'self'{other}; worker-src 'self'; "
        + $"img-src 'self' data:{other}; media-src 'self'; connect-src 'self'{other}; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
