using System.Text;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;
using QRCoder;

namespace PhucThuan.Portal.Site;

/// <summary>
/// QR codes (ISO/IEC 18004) for printed pages: each contains the address of its page. Other sites' addresses are
/// refused, so that nobody can pass off a foreign site as the portal's.
/// </summary>
public sealed class QrCodes(SiteAddress address)
{
    private const string Parameter = "trang";

    /// <summary>Characters; phones cannot read the printed code of a longer address.</summary>
    private const int MaxLength = 500;

    private const int PixelsPerModule = 4;

    /// <summary>Path of the SVG picture for a page of the portal.</summary>
    public static string PathOf(string page) => $"/ma-qr.svg?{Parameter}={Uri.EscapeDataString(page)}";

    /// <summary>404 unless the parameter is a path on this portal.</summary>
    public IResult Get(HttpRequest request)
    {
        var page = request.Query[Parameter].ToString();
        if (page.Length > MaxLength || page is not ['/', ..] || page is ['/', '/' or '\\', ..]
            || page.Any(char.IsControl))
        {
            return PortalError.NotFound;
        }

        // Level M corrects damage of up to 15 % of the code, such as creases.
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
