using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Media;

namespace PhucThuan.Tests.Media;

[Fast]
public sealed class DownloadsTests : IDisposable
{
    private const int AtATime = 32;

    private readonly Downloads _downloads = new();

    [Fact]
    public async Task One_more_than_the_bound_is_refused_until_another_ends()
    {
        var running = Enumerable.Range(0, AtATime).Select(_ => new Download()).ToList();
        var executions = running.ConvertAll(download => ExecuteAsync(download));

        var (refused, late) = (new Download(), new Download());
        var busy = await ExecuteAsync(refused);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, busy.Response.StatusCode);
        Assert.Equal("10", busy.Response.Headers.RetryAfter);
        Assert.True(refused.IsDisposed);
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
    public async Task A_download_that_fails_gives_its_place_back()
    {
        for (var count = 0; count <= AtATime; count++)
        {
            var download = new Download();
            download.End.SetException(new IOException("The connection was reset."));

            await Assert.ThrowsAsync<IOException>(() => ExecuteAsync(download));
        }
    }

    [Fact]
    public async Task A_client_that_all_but_stops_is_cut_off()
    {
        var download = new Download();
        download.End.SetResult();

        var context = await ExecuteAsync(download);

        var rate = context.Features.Get<IHttpMinResponseDataRateFeature>()!.MinDataRate!;
        Assert.Equal((2048, TimeSpan.FromSeconds(30)), (rate.BytesPerSecond, rate.GracePeriod));
    }

    public void Dispose() => _downloads.Dispose();

    private async Task<HttpContext> ExecuteAsync(Download download)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
            Request = { Path = "/api/tep" }, // errors are problem details here, and need no pages
        };
        context.Features.Set<IHttpMinResponseDataRateFeature>(new Rate());
        await _downloads.Bound(download, download.File).ExecuteAsync(context);
        return context;
    }

    private sealed class Rate : IHttpMinResponseDataRateFeature
    {
        public MinDataRate? MinDataRate { get; set; }
    }

    private sealed class Download : IResult
    {
        public TaskCompletionSource End { get; } = new();

        public MemoryStream File { get; } = new();

        public bool HasBegun { get; private set; }

        public bool IsDisposed => !File.CanRead;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            HasBegun = true;
            await End.Task;
        }
    }
}
