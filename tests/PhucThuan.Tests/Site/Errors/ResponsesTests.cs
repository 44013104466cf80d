using System.Net;
using System.Text.RegularExpressions;

namespace PhucThuan.Tests.Site.Errors;

public sealed partial class ResponsesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/bai-viet/" + TestArticle.Slug, HttpStatusCode.OK)]
    [InlineData("/bai-viet/khong-co", HttpStatusCode.NotFound)]
    [InlineData("/khong/co/gi", HttpStatusCode.NotFound)]
    [InlineData("/api/visits", HttpStatusCode.OK)]
    [InlineData("/api/khong-co", HttpStatusCode.NotFound)]
    [InlineData("/api/visits/" + TestArticle.Slug + ".svg", HttpStatusCode.OK)]
    public async Task Every_response_has_the_security_headers(string address, HttpStatusCode status)
    {
        using var response = await portal.Client.GetAsync(address, Cancellation);

        Assert.Equal(status, response.StatusCode);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("require-corp", response.Headers.GetValues("Cross-Origin-Embedder-Policy").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public async Task Errors_under_api_are_problem_details()
    {
        using var response = await portal.Client.GetAsync("/api/khong-co", Cancellation);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(
            "\"status\":404", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_are_on_the_same_origin_and_cached_for_a_year()
    {
        var page = await portal.Client.GetStringAsync("/bai-viet/" + TestArticle.Slug, Cancellation);
        var addresses = Reference().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Contains(addresses, address => address.EndsWith(".css", StringComparison.Ordinal));
        Assert.Contains(addresses, address => address.EndsWith(".js", StringComparison.Ordinal));
        foreach (var address in addresses.Where(address => address.StartsWith("/assets/", StringComparison.Ordinal)))
        {
            using var response = await portal.Client.GetAsync(address, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        // The canonical link is absolute.
        var own = portal.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + "/";
        Assert.All(
            addresses.Where(address => !ShareLink().IsMatch(address)),
            address => Assert.Matches("^[/#]", address.Replace(own, "/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_of_another_version_returns_the_current_one_uncached()
    {
        using var response = await portal.Client.GetAsync("/assets/portal.0123456789abcdef.css", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/assets/portal.css")]
    [InlineData("/assets/khac.0123456789abcdef.css")]
    [InlineData("/assets/..%2fhost.json")]
    public async Task Other_files_are_not_found(string address)
    {
        using var response = await portal.Client.GetAsync(address, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [GeneratedRegex("^https://(?:www\\.facebook\\.com|button-share\\.zalo\\.me)/")]
    private static partial Regex ShareLink();

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Reference();
}
