namespace PhucThuan.Infra.Tests.Scripts;

public sealed class SmokeTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_healthy_portal_passes_and_is_only_read()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn/"]);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("GET https://portal.example.vn/api/visits\n", _sandbox.Read("asked"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "POST https://portal.example.vn/api/visits", _sandbox.Read("asked"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_starting_portal_is_retried()
    {
        var run = await _sandbox.RunAsync(
            "smoke.sh", ["https://portal.example.vn"], "", ("BROKEN", "1"), ("SMOKE_ATTEMPTS", "2"));

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task Every_wrong_response_is_reported()
    {
        var run = await _sandbox.RunAsync(
            "smoke.sh", ["https://portal.example.vn"], "", ("BROKEN", "4"), ("SMOKE_ATTEMPTS", "2"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("WRONG GET /: expected 200", run.Output, StringComparison.Ordinal);
        Assert.Contains("WRONG GET /thong-ke: expected 200", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 responses were wrong", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>Exit code 2: 1 would mean that the package is broken.</summary>
    [Theory]
    [InlineData("prod", "'prod' is not a URL")]
    [InlineData("", "Usage:")]
    public async Task An_invalid_address_is_not_a_failed_test(string url, string message)
    {
        var run = await _sandbox.RunAsync("smoke.sh", [url]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_addresses_are_refused()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://one.example.vn", "https://two.example.vn"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Only one URL is allowed", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    [Theory]
    [InlineData("", "GET /: expected 200 with '<html lang=\"vi\"'")]
    [InlineData("thong-ke", "GET /thong-ke: expected 200 with '<html lang=\"vi\"'")]
    [InlineData("api/visits", "GET /api/visits: expected 200 with '\"total\":'")]
    [InlineData("feed.xml", "GET /feed.xml: expected 200 with '<feed'")]
    [InlineData("robots.txt", "GET /robots.txt: expected 200 with 'Sitemap:'")]
    [InlineData("khong-co-trang-nay", "GET /khong-co-trang-nay: expected 404 with '<html lang=\"vi\"'")]
    public async Task The_right_status_with_wrong_content_fails(string path, string message)
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn"], "", ("LACKS_TEXT", path));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("WRONG " + message, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_has_a_content_length()
    {
        await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn"]);

        var post = Assert.Single(_sandbox.Calls, call => call.Contains("POST"));
        Assert.Equal("", post[Array.IndexOf(post, "--data") + 1]);
    }
}
