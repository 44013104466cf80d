using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Media;

/// <summary>
/// Bounds what readers of big files can take from an instance: 32 at a time, a third of the requests that it gets, each
/// with about 0.5 MB of buffers; and none of them for ever. A browser continues an aborted download with a range.
/// </summary>
public sealed class Downloads : IDisposable
{
    private const int AtATime = 32;

    /// <summary>16 kbit/s, half of what GPRS gives.</summary>
    private const double SlowestBytesPerSecond = 2048;

    private static readonly MinDataRate Slowest = new(SlowestBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(30));

    private static readonly PortalError Busy = PortalError.Unavailable with
    {
        Detail = "Đang có nhiều người tải tệp lớn. Xin thử lại sau ít giây.",
    };

    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = AtATime, QueueLimit = 0 });

    /// <param name="file">Disposed without being read when too many others are downloading.</param>
    public IResult Bound(IResult download, Stream file) => new Result(download, file, _limiter);

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();

    private sealed record Result(IResult Download, Stream File, RateLimiter Limiter) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var slot = Limiter.AttemptAcquire();
            if (!slot.IsAcquired)
            {
                await File.DisposeAsync();
                await Busy.ExecuteAsync(httpContext);
                return;
            }

            // Kestrel aborts the connection of a client that is slower.
            if (httpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            {
                rate.MinDataRate = Slowest;
            }

            await Download.ExecuteAsync(httpContext);
        }
    }
}
