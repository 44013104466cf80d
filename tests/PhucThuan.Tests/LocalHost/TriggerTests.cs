using System.Net;
using System.Reflection;
using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Functions;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.LocalHost;

/// <summary>LocalHost does with trigger methods what the Functions host was seen to do.</summary>
public sealed class TriggerTests : IClassFixture<AzuriteFixture>, IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch);
    private readonly Channel<string> _runs = Channel.CreateUnbounded<string>();
    private readonly PortalHost _host;
    private readonly HttpClient _client;

    public TriggerTests(AzuriteFixture storage)
    {
        _host = new PortalHost(
            storage.ConnectionString,
            services => services
                .AddSingleton(new FunctionAssembly(typeof(TestFunctions).Assembly))
                .AddSingleton<TimeProvider>(_clock)
                .AddSingleton(_runs),
            new() { ["FunctionKey"] = "chia-khoa" });
        _client = _host.CreateClient();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_trigger_without_methods_takes_all(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/any");
        using var response = await _client.SendAsync(request, Cancellation);

        Assert.Equal(method, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("/items/7/seven", "7 seven")]
    [InlineData("/items/8/a/b", "8 a/b")]
    [InlineData("/items/9", "9 ")]
    [InlineData("/Named", "by name")]
    public async Task The_first_function_by_name_whose_route_matches_is_called(string address, string answer) =>
        Assert.Equal(answer, await _client.GetStringAsync(address, Cancellation));

    [Theory]
    [InlineData("GET", "/items/x")]
    [InlineData("POST", "/items/7")]
    [InlineData("HEAD", "/items/7")]
    public async Task What_no_route_takes_is_not_found(string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/keyed", null, HttpStatusCode.Unauthorized)]
    [InlineData("/keyed", "khác", HttpStatusCode.Unauthorized)]
    [InlineData("/keyed?code=chia", null, HttpStatusCode.Unauthorized)]
    [InlineData("/keyed", "chia-khoa", HttpStatusCode.OK)]
    [InlineData("/keyed?code=chia-khoa", null, HttpStatusCode.OK)]
    public async Task A_function_with_a_key_wants_it(string address, string? key, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("x-functions-key", key is null ? null : Uri.EscapeDataString(key));
        using var response = await _client.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("/throwing", "text/html")]
    [InlineData("/api/throwing", "application/problem+json")]
    public async Task A_failure_in_a_trigger_or_its_result_is_a_500_that_tells_nothing_internal(string address, string type)
    {
        using var response = await _client.GetAsync(address, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Có lỗi xảy ra", System.Text.RegularExpressions.Regex.Unescape(body), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.True(response.Headers.Contains("Content-Security-Policy"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_timer_runs_on_its_schedule_even_after_a_failed_run()
    {
        for (var run = 0; run < 3; run++)
        {
            Assert.False(_runs.Reader.TryRead(out _));
            while (!_runs.Reader.TryRead(out _))
            {
                // In small steps: the timer may be set only after the first of them.
                _clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    [Fact]
    public void Two_functions_with_one_route_and_a_common_method_are_refused()
    {
        var functions = new FunctionAssembly(typeof(TestFunctions).Assembly).Find<HttpTriggerAttribute>().ToList();
        HttpTriggers.RefuseConflicts(functions);

        var conflict = Assert.Throws<LocalHostException>(() => HttpTriggers.RefuseConflicts(
            [.. functions, functions[0] with { Name = "Second", Trigger = new(AuthorizationLevel.Anonymous, "get") { Route = "ANY" } }]));
        Assert.Contains("Second", conflict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":"2.0"}""", "api")]
    [InlineData("""{"extensions":{"http":{"routePrefix":""}}}""", "")]
    [InlineData("""{"extensions":{"http":{"routePrefix":"v1"}}}""", "v1")]
    public void The_prefix_of_routes_is_that_of_host_json(string json, string prefix)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, json);

        Assert.Equal(prefix, HttpTriggers.ReadRoutePrefix(file));
        File.Delete(file);
    }

    /// <summary>The host takes the first match by name, so a catch-all anywhere but last would swallow pages.</summary>
    [Fact]
    public void The_portals_catch_all_comes_last()
    {
        var functions = new FunctionAssembly(typeof(ArticleFunctions).Assembly).Find<HttpTriggerAttribute>().ToList();

        Assert.Equal("{*path}", functions[^1].Trigger.Route);
        Assert.All(functions, function => Assert.True(function.Method.GetCustomAttributes<FunctionAttribute>().Any()));
        Assert.All(functions, function => Assert.DoesNotMatch("^/?(admin|runtime)", function.Trigger.Route!));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }
}
