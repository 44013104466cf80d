using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Media;

/// <summary>
/// Bounds what readers of big files can take from an instance: 32 at a time, a third of the requests that it gets, each
/// with about 0.5 MB of buffers; and none of them for ever. A browser continues an aborted download with a range.
/// </summary>
public sealed class Downloads(TimeProvider clock) : IDisposable
{
    private const int AtATime = 32;

    /// <summary>
    /// Between two looks at the progress. Sockets on the way take hundreds of kilobytes at once, so that even an honest
    /// reader of a few kilobytes a second is seen to read once in a minute only.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly PortalError Busy = PortalError.Unavailable with
    {
        Detail = "Đang có nhiều người tải tệp lớn. Xin thử lại sau ít giây.",
    };

    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = AtATime, QueueLimit = 0 });

    /// <param name="open">
    /// Opens the file, which takes memory: not called when too many others are downloading.
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
            await using var watch = Clock.CreateTimer(_ => AbortIfStalled(), state: null, Patience, Patience);
            await answer.ExecuteAsync(httpContext);

            // Kestrel's minimum rate does not serve: it counts what the sockets have taken as received.
            void AbortIfStalled()
            {
                if (PositionOf(content) is { } position && position == Interlocked.Exchange(ref before, position))
                {
                    httpContext.Abort();
                }
            }
        }

        /// <summary>Null after the end.</summary>
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

/// <summary>A file that is being read, and the answer that sends and closes it.</summary>
internal sealed record OpenFile(IResult Answer, Stream Content);
