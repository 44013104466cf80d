using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Http;

/// <summary>
/// Security headers of every response: own style sheets, scripts and pictures only, nothing inline, no framing, no MIME
/// sniffing. <c>data:</c> allows pictures that word processors embed. <c>media-src</c> is for audio and video files
/// opened directly: the browser wraps them in a page that has the policy of the file. Chromium styles such pages
/// inline, logs a violation, and shows pictures without its margins.
/// </summary>
public static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; img-src 'self' data:; media-src 'self'; "
            + "connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>
    /// Disables unused features. Web Share and clipboard stay at their default, which allows them for own pages.
    /// </summary>
    private const string PermissionsPolicy =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), midi=(), payment=(), usb=()";

    public static void Apply(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;

        // Browsers ignore this header over HTTP (RFC 6797, 8.1), so development is not affected.
        headers.StrictTransportSecurity = "max-age=31536000";
    }
}
