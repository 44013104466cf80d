namespace PhucThuan.Infra.Tests.Scripts;

public sealed class SmokeTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_portal_that_is_well_passes_and_is_asked_by_reading_alone()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn/"]);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("GET https://portal.example.vn/api/visits\n", _sandbox.Read("asked"), StringComparison.Ordinal);
        Assert.DoesNotContain("POST https://portal.example.vn/api/visits", _sandbox.Read("asked"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_is_starting_is_asked_again()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn"], "", ("BROKEN", "1"), ("SMOKE_ATTEMPTS", "2"));

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task Every_wrong_answer_is_named()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn"], "", ("BROKEN", "4"), ("SMOKE_ATTEMPTS", "2"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("WRONG GET /: wanted 200", run.Output, StringComparison.Ordinal);
        Assert.Contains("WRONG GET /thong-ke: wanted 200", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 answers were wrong", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>1 would mean that a package does not work.</summary>
    [Theory]
    [InlineData("prod", "'prod' is no address")]
    [InlineData("", "Usage:")]
    public async Task What_is_no_address_is_refused_and_says_nothing_of_a_portal(string url, string message)
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
        Assert.Contains("One address at a time", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    [Theory]
    [InlineData("", "GET /: wanted 200 with '<html lang=\"vi\"'")]
    [InlineData("thong-ke", "GET /thong-ke: wanted 200 with '<html lang=\"vi\"'")]
    [InlineData("api/visits", "GET /api/visits: wanted 200 with '\"total\":'")]
    [InlineData("feed.xml", "GET /feed.xml: wanted 200 with '<feed'")]
    [InlineData("robots.txt", "GET /robots.txt: wanted 200 with 'Sitemap:'")]
    [InlineData("khong-co-trang-nay", "GET /khong-co-trang-nay: wanted 404 with '<html lang=\"vi\"'")]
    public async Task A_right_status_without_the_right_content_is_wrong(string path, string message)
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn"], "", ("LACKS_TEXT", path));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("WRONG " + message, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_tells_its_length()
    {
        await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn"]);

        var post = Assert.Single(_sandbox.Calls, call => call.Contains("POST"));
        Assert.Equal("", post[Array.IndexOf(post, "--data") + 1]);
    }
}
