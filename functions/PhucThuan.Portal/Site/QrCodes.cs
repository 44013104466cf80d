using System.Text;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;
using QRCoder;

namespace PhucThuan.Portal.Site;

/// <summary>
/// QR codes (ISO/IEC 18004) of the portal's own addresses: a printed page leads back to the page on the web. Other
/// addresses get none, so that nobody can pass off a foreign site as the portal's.
/// </summary>
public sealed class QrCodes(SiteAddress address)
{
    private const string Parameter = "trang";

    /// <summary>Longer addresses make a code that phones cannot read in print.</summary>
    private const int MaxLength = 500;

    private const int PixelsPerModule = 4;

    /// <summary>Path of the SVG picture for a page of the portal.</summary>
    public static string PathOf(string page) => $"/ma-qr.svg?{Parameter}={Uri.EscapeDataString(page)}";

    /// <summary>A 404 unless the parameter is the path of a page of this portal.</summary>
    public IResult Get(HttpRequest request)
    {
        var page = request.Query[Parameter].ToString();
        if (page.Length > MaxLength || page is not ['/', ..] || page is ['/', '/' or '\\', ..]
            || page.Any(char.IsControl))
        {
            return PortalError.NotFound;
        }

        // Level M survives creases: it corrects 15 % of the code.
        using var code = QRCodeGenerator.GenerateQrCode(address.Of(page), QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        var svg = picture.GetGraphic(PixelsPerModule);
        return new EncodedResult(
            EncodedBody.CreateQuickly(Encoding.UTF8.GetBytes(svg)),
            "image/svg+xml; charset=utf-8",
            LastModified: null,
            CachePolicy.Page);
    }
}
