using System.Diagnostics;

namespace PhucThuan.Tests.Hosting;

/// <summary>
/// Addresses, lines and headers that no browser sends, to the deployed app and to the app in process.
/// </summary>
[Collection(nameof(ConformityFixture))]
public sealed class HostileRequestTests(ConformityFixture hosts)
{
    private const string Article = "/bai-viet/" + TestArticle.Slug;

    [Theory]
    [InlineData("/bai-viet/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("/bai-viet/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("/../../etc/passwd", 404)]
    [InlineData("/media/..%2f..%2farticles/hop-dan-xom-doi-co.html", 404)]
    [InlineData("/media/%2e%2e%2fvisits", 404)]
    [InlineData("/media/..%5c..%5cx.png", 404)]
    [InlineData("/bai-viet/%00", 400)]
    [InlineData("/bai-viet/x%00.html", 400)]
    [InlineData("/%zz", 404)]
    [InlineData("/%", 404)]
    [InlineData("/bai-viet/%ff%fe", 404)]
    [InlineData("/bai-viet/%C0%AE%C0%AE", 404)]
    [InlineData("/bai-viet/<script>", 404)]
    [InlineData("/bai-viet/'%20or%201=1", 404)]
    [InlineData("//", 404)]
    [InlineData("//example.com/", 404)]
    [InlineData("/bai-viet//x", 404)]
    [InlineData("/bai-viet/", 404)]
    [InlineData("/media/", 404)]
    [InlineData("/admin/host/status", 401)]
    [InlineData("/Admin/functions", 401)]
    [InlineData("/runtime/webhooks/durabletask", 401)]
    [InlineData("/?trang=-1", 404)]
    [InlineData("/?trang=%00", 404)]
    [InlineData("/tim-kiem?q=%00", 200)]
    [InlineData("/api/visits/khong-co?visit=maybe", 404)]
    [InlineData("/BAI-VIET/hop-dan-xom-doi-co", 200)]
    public async Task Hostile_addresses_get_the_same_response(string address, int status) =>
        Assert.Equal(status, (await hosts.SameAsync("GET", address)).Status);

    [Theory]
    [InlineData("CONNECT example.com:443 HTTP/1.1", "Host: example.com:443", 500)]
    [InlineData("GET / HTTP/1.1", "Host: ", 500)]
    [InlineData("GET / HTTP/1.0", "X-A: b", 500)]
    [InlineData("GET / HTTP/1.1", "X-A: b", 400)]
    [InlineData("GET / HTTP/1.1", "Host: a b", 400)]
    [InlineData("get / HTTP/1.1", "Host: 127.0.0.1", 200)]
    [InlineData("GET http://127.0.0.1/ HTTP/1.1", "Host: 127.0.0.1", 200)]
    public async Task Malformed_requests_get_the_response_of_the_host(string line, string header, int status)
    {
        var (deployed, inProcess) = await hosts.SendAsync(line, header);

        Assert.Equal(status, deployed.Status);
        ConformityFixture.AssertSame(line, deployed, inProcess);
    }

    [Theory]
    [InlineData("User-Agent: caf\u00e9")]
    [InlineData("X-Anything: \u00ff\u00fe")]
    [InlineData("Referer: http://example.com/\u00e9")]
    [InlineData("Cookie: a=\u00e9")]
    [InlineData("User-Agent: Ph\u00c3\u00bac")] // UTF-8
    [InlineData("x-ms-invocation-id: 1")]
    [InlineData("x-ms-invocation-id: 00000000-0000-0000-0000-000000000000")]
    [InlineData("X-Forwarded-Host: evil.example")]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-For: 1.2.3.4")]
    [InlineData("X-Original-URL: /thong-ke")]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("Content-Type: no media type")]
    [InlineData("Accept: \u00e9")]
    [InlineData("Accept-Encoding: ,,;q=x")]
    [InlineData("If-None-Match: no tag")]
    [InlineData("Range: bytes=x")]
    [InlineData("Expect: 100-continue")]
    public async Task Unusual_request_headers_do_not_change_the_page(string header)
    {
        var plain = await hosts.SameAsync("GET", Article);
        var watch = Stopwatch.StartNew();
        var answer = await hosts.SameAsync("GET", Article, header);

        Assert.Equal(200, answer.Status);
        Assert.Equal(plain.Text, answer.Text);

        // With a wrong invocation id, the worker waits fifteen seconds for the matching request.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(14), $"{header}: {watch.Elapsed}");
    }
}
