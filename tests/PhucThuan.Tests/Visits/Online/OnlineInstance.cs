using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Visits.Online;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Online;

/// <summary>One of several instances with the same storage. The test triggers its background work.</summary>
internal sealed class OnlineInstance : ILogger<OnlineVisitors>, IDisposable
{
    public OnlineInstance(string storage, TimeProvider clock, HttpPipelineTransport? transport = null)
    {
        var options = new TableClientOptions { Transport = transport ?? Network };
        options.Retry.MaxRetries = 0;
        var tables = new TableServiceClient(storage, options);
        Keys = new VisitorKeys(tables, clock);
        Online = new OnlineVisitors(Keys, tables, clock, this);
    }

    public UnreliableTransport Network { get; } = new();

    public VisitorKeys Keys { get; }

    public OnlineVisitors Online { get; }

    public List<string> Logs { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static HttpRequest RequestOf(int visitor) => new DefaultHttpContext
    {
        Connection = { RemoteIpAddress = new IPAddress(BitConverter.GetBytes(0x0A000000 + visitor)) },
        Request = { Headers = { UserAgent = "Trình duyệt" } },
    }.Request;

    public void See(params IEnumerable<int> visitors)
    {
        foreach (var visitor in visitors)
        {
            Online.See(RequestOf(visitor));
        }
    }

    public async Task<long> CountAsync() => await Online.CountAsync();

    public Task RefreshAsync() => Online.RefreshAsync(Cancellation);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Logs.Add(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
        Online.Dispose();
        Network.Dispose();
    }
}
