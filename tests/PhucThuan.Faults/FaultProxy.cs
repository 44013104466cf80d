using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PhucThuan.Faults;

/// <summary>
/// Proxy between LocalHost and Azurite that injects faults of networks and services into requests to table
/// <c>visits</c>. It does not use a proxy library, because there a request ends with its client's connection. The
/// hardest fault is a request that arrives after its sender has given up.
/// </summary>
/// <remarks>
/// Requests to table <c>visits</c> reach Azurite one at a time. Its transactions (3.35.0) are not isolated: all tables
/// share one rollback list, so a failed transaction may undo parts of a concurrent one. Azure Table storage isolates
/// transactions.
/// </remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(4); // longer than the portal waits

    private readonly Random _random;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly List<Task> _late = [];
    private readonly WebApplication _app;
    private readonly Uri _target;
    private long _faults;

    private FaultProxy(Uri target, int seed)
    {
        _target = target;
        _random = new Random(seed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>
    /// Share of commits that fail, in thousandths. For reads, of which a commit may need a hundred, it is a tenth of
    /// that.
    /// </summary>
    public int FaultsPerMille { get; set; }

    public static async Task<FaultProxy> StartAsync(Uri target, int seed, CancellationToken cancellationToken)
    {
        var proxy = new FaultProxy(target, seed);
        await proxy._app.StartAsync(cancellationToken);
        return proxy;
    }

    /// <summary>Completes when all delayed requests have arrived.</summary>
    public Task LateArrivalsAsync()
    {
        lock (_late)
        {
            return Task.WhenAll(_late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = await Forwarded.ReadAsync(context.Request);
        var fault = ChooseFault(request.Target);
        switch (fault)
        {
            case Fault.None:
                await Forwarded.AnswerAsync(context.Response, await SendAsync(request));
                break;
            case Fault.RequestLost:
                context.Abort();
                break;
            case Fault.RequestLate:
                _ = SendLateAsync(request);
                context.Abort();
                break;
            case Fault.AnswerLost:
                (await SendAsync(request)).Dispose();
                context.Abort();
                break;
            case Fault.Slow:
                await Forwarded.AnswerAsync(context.Response, await SendLateAsync(request));
                break;
            case Fault.NotDone500 or Fault.NotDone503:
                context.Response.StatusCode = fault == Fault.NotDone500 ? 500 : 503;
                break;
            default:
                (await SendAsync(request)).Dispose();
                context.Response.StatusCode = fault switch { Fault.Done500 => 500, Fault.Done503 => 503, _ => 412 };
                break;
        }
    }

    private Fault ChooseFault(string target)
    {
        if (!IsOfVisits(target))
        {
            return Fault.None;
        }

        lock (_random)
        {
            if (_random.Next(IsCommit(target) ? 1000 : 10_000) >= FaultsPerMille)
            {
                return Fault.None;
            }

            Interlocked.Increment(ref _faults);
            return (Fault)_random.Next(1, Enum.GetValues<Fault>().Length);
        }
    }

    /// <summary>Sends the request after a delay, even if its sender has given up or was killed.</summary>
    private Task<HttpResponseMessage> SendLateAsync(Forwarded request)
    {
        var late = Task.Run(async () =>
        {
            await DelayAsync();
            return await SendAsync(request);
        });
        lock (_late)
        {
            _late.Add(late);
        }

        return late;
    }

    private Task DelayAsync()
    {
        double part;
        lock (_random)
        {
            part = _random.NextDouble();
        }

        return Task.Delay(LongestDelay * part, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>Returns 503 when storage cannot be reached, like a gateway.</summary>
    private async Task<HttpResponseMessage> SendAsync(Forwarded request)
    {
        using var turn = IsOfVisits(request.Target) ? await TakeTurnAsync() : null;
        try
        {
            using var message = request.ToMessage(_target);
            return await _client.SendAsync(message);
        }
        catch (HttpRequestException)
        {
            return new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable);
        }
    }

    private async Task<IDisposable> TakeTurnAsync()
    {
        await _oneAtATime.WaitAsync();
        return new Turn(_oneAtATime);
    }

    private static bool IsCommit(string target) => target.Contains("$batch", StringComparison.Ordinal);

    private static bool IsOfVisits(string target) =>
        IsCommit(target) || target.Contains("visits(", StringComparison.Ordinal);

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }

    private enum Fault
    {
        None,
        RequestLost,
        RequestLate,
        AnswerLost,
        Slow,
        NotDone500,
        NotDone503,
        Done500,
        Done503,
        Done412,
    }
}
