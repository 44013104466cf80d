using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Media;

/// <summary>
/// Limits downloads of big files to 32 at a time, a third of an instance's concurrent requests, each with about 0.5 MB
/// of buffers, and aborts stalled ones. A browser resumes an aborted download with a range request.
/// </summary>
public sealed class Downloads(TimeProvider clock) : IDisposable
{
    private const int AtATime = 32;

    /// <summary>
    /// A download without progress for this time is aborted. Socket buffers take hundreds of kilobytes at once, so the
    /// progress of a slow reader (a few kilobytes per second) shows only once a minute.
    /// </summary>
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(2);

    private static readonly PortalError Busy = PortalError.Unavailable with
    {
        Detail = "Đang có nhiều người tải tệp lớn. Xin thử lại sau ít giây.",
    };

    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = AtATime, QueueLimit = 0 });

    /// <param name="open">
    /// Opens the file and allocates its buffers; not called above the limit.
    /// </param>
    internal IResult Bound(Func<Task<OpenFile>> open) => new Result(open, _limiter, clock);

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();

    private sealed record Result(Func<Task<OpenFile>> Open, RateLimiter Limiter, TimeProvider Clock) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var slot = Limiter.AttemptAcquire();
            if (!slot.IsAcquired)
            {
                await Busy.ExecuteAsync(httpContext);
                return;
            }

            var (answer, content) = await Open();
            var before = 0L;
            await using var watch = Clock.CreateTimer(_ => AbortIfStalled(), state: null, StallLimit, StallLimit);
            await answer.ExecuteAsync(httpContext);

            // Kestrel's minimum data rate would not detect a stall: it counts buffered bytes as sent.
            void AbortIfStalled()
            {
                if (PositionOf(content) is { } position && position == Interlocked.Exchange(ref before, position))
                {
                    httpContext.Abort();
                }
            }
        }

        /// <summary>Null when the stream is closed.</summary>
        private static long? PositionOf(Stream content)
        {
            try
            {
                return content.Position;
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
        }
    }
}

/// <summary>An open file and the result that sends and closes it.</summary>
internal sealed record OpenFile(IResult Answer, Stream Content);
