using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Visits.Checkpoints;

/// <summary>Serves the checkpoints of all days as a file of JSON Lines.</summary>
public sealed class CheckpointEndpoint(CheckpointLog log)
{
    public const string Path = "/api/checkpoints.jsonl";

    private const string FileName = "doi-chieu.jsonl";

    /// <summary>404 before the first night.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await log.OpenReadAsync(cancellationToken) is not { } content)
        {
            return PortalError.NotFound with
            {
                Detail = "Chưa có dòng đối chiếu nào; dòng đầu tiên được ghi vào đêm tới.",
            };
        }

        request.HttpContext.Response.Headers.CacheControl = CachePolicy.Export;
        return TypedResults.Stream(content, CheckpointLog.ContentType, FileName);
    }
}
