using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PhucThuan.Hosting;
using PhucThuan.Hosting.Apps;
using PhucThuan.Hosting.Http;

namespace PhucThuan.Tests.Hosting;

/// <summary>Selection of the function for a request, as observed on the real host.</summary>
public sealed class FunctionRoutesTests : IAsyncLifetime
{
    private WebApplication? _web;
    private HttpClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => StartAsync("");

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task A_function_without_methods_accepts_every_method(string method) =>
        Assert.Equal("AnyMethod", await SendAsync(method, "/any"));

    [Theory]
    [InlineData("/items/7/seven", "ByParameter id=7 rest=seven")]
    [InlineData("/items/8/a/b", "ByParameter id=8 rest=a/b")]
    [InlineData("/items/9", "ByParameter id=9")]
    [InlineData("/items/9/Ph%C3%BAc", "ByParameter id=9 rest=Phúc")]
    [InlineData("/Named", "Named")]
    [InlineData("/named", "Named")]
    [InlineData("/", "Root")]
    public async Task The_first_match_by_name_wins_over_a_more_specific_route(
        string address,
        string answer
    ) => Assert.Equal(answer, await SendAsync("GET", address));

    [Theory]
    [InlineData("GET", "/items/x")]
    [InlineData("POST", "/items/7")]
    [InlineData("HEAD", "/items/7")]
    [InlineData("GET", "/nowhere")]
    public async Task An_address_without_a_route_is_404(string method, string address) =>
        Assert.Equal("404", await SendAsync(method, address));

    [Theory]
    [InlineData("GET", "Read")]
    [InlineData("POST", "Write")]
    [InlineData("PUT", "404")]
    public async Task A_route_can_have_one_function_per_method(string method, string answer) =>
        Assert.Equal(answer, await SendAsync(method, "/shared"));

    [Theory]
    [InlineData("/admin/host/status", "401")]
    [InlineData("/ADMIN", "401")]
    [InlineData("/runtime/webhooks/x", "401")]
    [InlineData("/administration", "404")]
    [InlineData("//any", "404")]
    public async Task The_host_responds_to_its_reserved_addresses(string address, string answer) =>
        Assert.Equal(answer, await SendAsync("GET", address));

    [Fact]
    public async Task Routes_follow_the_prefix_of_host_json()
    {
        await DisposeAsync();
        await StartAsync("v1/api");

        Assert.Equal("AnyMethod", await SendAsync("GET", "/v1/api/any"));
        Assert.Equal("404", await SendAsync("GET", "/any"));
    }

    [Theory]
    [InlineData("ANY", "get", true)]
    [InlineData("shared", "post", true)]
    [InlineData("shared", "put", false)]
    [InlineData("another", "get", false)]
    public void Two_functions_with_the_same_route_and_a_common_method_are_refused(
        string route,
        string method,
        bool isRefused)
    {
        IReadOnlyList<Function> functions = [.. Functions(), Http("Second", route, method)];

        if (isRefused)
        {
            var conflict = Assert.Throws<FunctionsHostException>(() => FunctionRoutes.RequireNoConflict(functions));
            Assert.Contains("Second", conflict.Message, StringComparison.Ordinal);
        }
        else
        {
            FunctionRoutes.RequireNoConflict(functions);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _web!.DisposeAsync();
    }

    private static IReadOnlyList<Function> Functions() =>
    [
        Http("AnyMethod", "any"),
        Http("ByParameter", "items/{id:int}/{**rest}", "get"),

        // A more specific route, but a later name.
        Http("Literal", "items/7/seven", "get"),
        Http("Named", null, "get"),
        Http("Read", "shared", "get"),
        Http("Root", "{ignored:maxlength(0)?}", "get"),
        Http("Write", "shared", "post"),
    ];

    private static Function Http(string name, string? route, params string[] methods) =>
        Function.Read(JsonSerializer.SerializeToElement(new
        {
            name,
            scriptFile = "App.dll",
            entryPoint = "App." + name,
            language = "dotnet-isolated",
            bindings = new[]
            {
                new
                {
                    name = "request",
                    type = "httpTrigger",
                    direction = "In",
                    authLevel = "Anonymous",
                    route,
                    methods,
                },
            },
        }));

    private async ValueTask StartAsync(string prefix)
    {
        var builder = WebServer.CreateBuilder(port: 0, HttpProtocols.Http1);
        _web = builder.Build();
        _web.UseHostAnswers();
        _web.UseFunctionRoutes(
            new FunctionApp("/app", "dotnet", "/app/App.dll", prefix, Functions()),
            (context, function) =>
                context.Response.WriteAsync(
                    string.Join(
                        ' ',
                        context
                            .GetRouteData()
                            .Values.Where(value => value.Value is not null)
                            .Select(value => $"{value.Key}={value.Value}")
                            .Prepend(function.Name))));
        await _web.StartAsync(Cancellation);
        _client = new HttpClient { BaseAddress = WebServer.AddressOf(_web.Services) };
    }

    /// <summary>Body of a successful response, otherwise the status.</summary>
    private async Task<string> SendAsync(string method, string path)
    {
        var address = new Uri(
            _client!.BaseAddress!.GetLeftPart(UriPartial.Authority) + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await _client.SendAsync(request, Cancellation);
        return response.StatusCode == HttpStatusCode.OK
            ? await response.Content.ReadAsStringAsync(Cancellation)
            : $"{(int)response.StatusCode}";
    }
}
