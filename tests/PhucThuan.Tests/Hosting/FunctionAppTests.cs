using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PhucThuan.Hosting;
using PhucThuan.Hosting.Apps;
using PhucThuan.Hosting.Http;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.Hosting;

/// <summary>Reading a function app before its worker starts.</summary>
public sealed class FunctionAppTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phucthuan-");

    [Theory]
    [InlineData("""{"version":"2.0"}""", "api")]
    [InlineData("""{"extensions":{"http":{"routePrefix":""}}}""", "")]
    [InlineData("""{"extensions":{"http":{"routePrefix":"v1"}}}""", "v1")]
    public void The_route_prefix_comes_from_host_json(string json, string prefix)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(prefix, FunctionApp.ReadRoutePrefix(document.RootElement));
    }

    [Theory]
    [InlineData("worker.config.json", null)]
    [InlineData("functions.metadata", null)]
    [InlineData("functions.metadata", "no JSON")]
    [InlineData("functions.metadata", "[{}]")]
    [InlineData("host.json", null)]
    [InlineData("worker.config.json", "{}")]
    public async Task A_folder_without_a_function_app_is_an_error(string file, string? content)
    {
        foreach (var name in new[] { "worker.config.json", "functions.metadata", "host.json" })
        {
            File.Copy(Path.Combine(LocalHostCommand.Folder("Functions"), name), Path.Combine(_folder.FullName, name));
        }

        var changed = Path.Combine(_folder.FullName, file);
        File.Delete(changed);
        if (content is not null)
        {
            await File.WriteAllTextAsync(changed, content, TestContext.Current.CancellationToken);
        }

        var refused = await Assert.ThrowsAsync<FunctionsHostException>(
            () => FunctionsHost.StartAsync(_folder.FullName, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains(_folder.FullName, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_worker_whose_port_was_taken_is_started_a_second_time()
    {
        foreach (var name in new[] { "functions.metadata", "host.json" })
        {
            File.Copy(Path.Combine(LocalHostCommand.Folder("Functions"), name), Path.Combine(_folder.FullName, name));
        }

        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "worker.config.json"),
            """
            {
              "description": {
                "language": "dotnet-isolated",
                "defaultExecutablePath": "{WorkerRoot}worker.sh",
                "defaultWorkerPath": "none"
              }
            }
            """,
            TestContext.Current.CancellationToken);
        var worker = Path.Combine(_folder.FullName, "worker.sh");
        await File.WriteAllTextAsync(
            worker,
            """
            #!/bin/sh
            if [ -e first ]; then echo "The second worker." >&2; exit 1; fi
            touch first
            echo "Failed to bind to address http://127.0.0.1:1: address already in use." >&2
            exit 1

            """,
            TestContext.Current.CancellationToken);
        File.SetUnixFileMode(worker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var failure = await Assert.ThrowsAsync<FunctionsHostException>(
            () => FunctionsHost.StartAsync(_folder.FullName, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("The second worker.", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The host selects the first match by name, so a catch-all route must be the last one.</summary>
    [Fact]
    public void The_catch_all_route_is_last_and_no_route_is_reserved()
    {
        var triggers = FunctionApp.Read(LocalHostCommand.Folder("Functions")).Functions
            .Select(function => function.Http).OfType<HttpTrigger>().ToList();

        Assert.Equal("{*path}", triggers[^1].Route);
        Assert.All(triggers, trigger => Assert.DoesNotMatch("^/?(admin|runtime)", trigger.Route));
    }

    [Theory]
    [InlineData("0 */10 * * * *", "2026-11-20T07:10:00")]
    [InlineData("*/10 * * * *", "2026-11-20T07:10:00")]
    [InlineData("0 30 20 * * *", "2026-11-20T20:30:00")]
    [InlineData("00:05:00", "2026-11-20T07:08:04")]
    [InlineData("%Schedule%", "2026-11-20T08:00:00")]
    public void A_schedule_is_a_cron_expression_a_time_span_or_a_setting(string schedule, string next)
    {
        var time = new DateTime(2026, 11, 20, 7, 3, 4, DateTimeKind.Utc);

        Assert.Equal(
            next,
            TimerSchedule
                .Parse(Timer(schedule), new Dictionary<string, string?> { ["Schedule"] = "0 0 * * * *" })(time)
                .ToString("s"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("every hour")]
    [InlineData("0 61 * * * *")]
    [InlineData("-00:05:00")]
    [InlineData("%NoSuchSetting%")]
    public void An_invalid_schedule_is_an_error_that_names_the_function(string schedule)
    {
        var refused = Assert.Throws<FunctionsHostException>(() =>
            TimerSchedule.Parse(Timer(schedule), new Dictionary<string, string?>()));

        Assert.Contains("Nightly", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void The_default_key_is_random_and_an_empty_key_is_refused(string? setting)
    {
        var keys = new FunctionKeys(setting, setting);

        Assert.False(keys.Admit(new DefaultHttpContext().Request, KeyLevel.Function));
        Assert.Matches("^[0-9a-f]{32}$", keys.Function);
        Assert.NotEqual(keys.Function, new FunctionKeys(setting, setting).Function);
    }

    [Theory]
    [InlineData("function", null, "Anonymous User Function")]
    [InlineData(null, "function", "Anonymous User Function")]
    [InlineData("master", null, "Anonymous User Function System Admin")]
    [InlineData("other", "function", "Anonymous User")] // the header goes before the query
    [InlineData(null, null, "Anonymous User")]
    public void A_key_authorises_its_levels(string? header, string? code, string levels)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = code is null ? default : QueryString.Create("code", code);
        if (header is not null)
        {
            request.Headers["x-functions-key"] = header;
        }

        var keys = new FunctionKeys("function", "master");
        Assert.Equal(levels, string.Join(' ', Enum.GetValues<KeyLevel>().Where(level => keys.Admit(request, level))));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Function Timer(string schedule) => Function.Read(JsonSerializer.SerializeToElement(new
    {
        name = "Nightly",
        scriptFile = "App.dll",
        entryPoint = "App.Nightly",
        language = "dotnet-isolated",
        bindings = new[] { new { name = "timer", type = "timerTrigger", direction = "In", schedule } },
    }));
}
