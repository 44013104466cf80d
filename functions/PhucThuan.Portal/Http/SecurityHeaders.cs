using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Http;

/// <summary>
/// The rules for browsers, the same on every answer: only our own style sheets, scripts and pictures, nothing inline,
/// no frame around us, no guessing of types. <c>data:</c> is for pictures that word processors embed. Sound and films are
/// for <c>/media/am.mp3</c> opened by itself: browsers make a page around it, which has the policy of the file. Chromium
/// styles such pages inline; it says on the console that it may not, and shows pictures all the same, without its margins.
/// </summary>
public static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>What a page never needs. Sharing and the clipboard are for our own pages alone, which is the default.</summary>
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

        // Browsers heed it over HTTPS only (RFC 6797, 8.1), so a laptop's http:// is not affected.
        headers.StrictTransportSecurity = "max-age=31536000";
    }
}
