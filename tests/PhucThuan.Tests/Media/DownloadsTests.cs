using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Media;

namespace PhucThuan.Tests.Media;

[Fast]
public sealed class DownloadsTests : IDisposable
{
    private const int AtATime = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider _clock = new();
    private readonly Downloads _downloads;

    public DownloadsTests() => _downloads = new Downloads(_clock);

    [Fact]
    public async Task A_download_over_the_limit_is_refused_until_another_ends()
    {
        var running = Enumerable.Range(0, AtATime).Select(_ => new Download()).ToList();
        var executions = running.ConvertAll(download => ExecuteAsync(download));

        var (refused, late) = (new Download(), new Download());
        var busy = await ExecuteAsync(refused);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, busy.Response.StatusCode);
        Assert.Equal("10", busy.Response.Headers.RetryAfter);
        Assert.False(refused.HasBegun);
        Assert.All(running, download => Assert.True(download.HasBegun));

        running[0].End.SetResult();
        await executions[0];
        var next = ExecuteAsync(late);
        Assert.True(late.HasBegun);

        running.Skip(1).Append(late).ToList().ForEach(download => download.End.SetResult());
        await Task.WhenAll([.. executions, next]);
    }

    [Fact]
    public async Task A_failed_download_releases_its_slot()
    {
        for (var count = 0; count <= AtATime; count++)
        {
            var download = new Download();
            download.End.SetException(new IOException("The connection was reset."));

            await Assert.ThrowsAsync<IOException>(() => ExecuteAsync(download));
        }
    }

    [Fact]
    public async Task A_client_that_almost_stops_reading_is_aborted()
    {
        var download = new Download();
        var running = ExecuteAsync(download);

        download.File.Position = 100;
        _clock.Advance(Patience);
        Assert.False(download.IsAborted); // has read since the start
        download.File.Position = 101;
        _clock.Advance(Patience);
        Assert.False(download.IsAborted);
        _clock.Advance(Patience);
        Assert.True(download.IsAborted);

        download.End.SetResult();
        await running;
    }

    [Fact]
    public async Task A_completed_download_is_not_aborted()
    {
        var download = new Download();
        download.End.SetResult();
        await ExecuteAsync(download);

        _clock.Advance(Patience * 3);

        Assert.False(download.IsAborted);
    }

    public void Dispose() => _downloads.Dispose();

    private async Task<HttpContext> ExecuteAsync(Download download)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
            Request = { Path = "/api/tep" }, // errors under /api are problem details, which need no page services
        };
        context.Features.Set<IHttpRequestLifetimeFeature>(download);
        await _downloads.Bound(() => Task.FromResult(download.Open())).ExecuteAsync(context);
        return context;
    }

    private sealed class Download : IResult, IHttpRequestLifetimeFeature
    {
        public TaskCompletionSource End { get; } = new();

        public MemoryStream File { get; } = new(new byte[200]);

        public bool HasBegun { get; private set; }

        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public OpenFile Open()
        {
            HasBegun = true;
            return new(this, File);
        }

        public void Abort() => IsAborted = true;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await End.Task;
            await File.DisposeAsync();
        }
    }
}
