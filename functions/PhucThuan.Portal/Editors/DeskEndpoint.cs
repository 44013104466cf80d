using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Editors;

/// <summary>
/// Serves the editors' desk behind a capability link. A wrong key gets the same 404 as an unknown address.
/// </summary>
public sealed class DeskEndpoint(EditorsKey editors, DeskReader desk, PageRenderer renderer)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary><c>/ban-bien-tap/{key}</c>.</summary>
    public async Task<IResult> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (!await editors.AdmitsAsync(key, cancellationToken))
        {
            return PortalError.NotFound;
        }

        var page = await renderer.RenderOnceAsync<DeskDocument>(new()
        {
            [nameof(DeskDocument.Report)] = await desk.ReadAsync(cancellationToken),
            [nameof(DeskDocument.JsonPath)] = DeskPaths.DeskJson(key),
        });
        return new PrivateResult(
            new EncodedResult(page, PageRenderer.ContentType, LastModified: null, CachePolicy.Never));
    }

    /// <summary><c>/ban-bien-tap/{key}/tinh-trang.json</c>: a <see cref="DeskReport"/>.</summary>
    public async Task<IResult> GetJsonAsync(string key, CancellationToken cancellationToken) =>
        await editors.AdmitsAsync(key, cancellationToken)
            ? new PrivateResult(TypedResults.Json(await desk.ReadAsync(cancellationToken), Json))
            : PortalError.NotFound;
}
