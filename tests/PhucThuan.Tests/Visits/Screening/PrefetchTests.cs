using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Tests.Visits.Screening;

[Fast]
public sealed class PrefetchTests
{
    [Theory]
    [InlineData("Sec-Purpose", "prefetch")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    [InlineData("Sec-Purpose", "prefetch; anonymous-client-ip")]
    [InlineData("Sec-Purpose", "prerender")]
    [InlineData("sec-purpose", " Prefetch ")]
    [InlineData("Purpose", "prefetch")]
    [InlineData("Purpose", "preview")]
    [InlineData("X-Purpose", "preview")]
    [InlineData("X-Purpose", "prefetch, preview")]
    [InlineData("X-Moz", "prefetch")]
    public void A_prefetch_header_is_recognised(string header, string value) => Assert.True(IsPrefetch(header, value));

    [Theory]
    [InlineData("Sec-Purpose", "")]
    [InlineData("Sec-Purpose", ";,;")]
    [InlineData("Sec-Purpose", "prefetched")]
    [InlineData("Sec-Purpose", "pre fetch")]
    [InlineData("Purpose", "reading")]
    [InlineData("X-Purpose", "noprefetch")]
    [InlineData("X-Moz", "microsummary")]
    [InlineData("Sec-Fetch-Mode", "prefetch")]
    [InlineData("Referer", "prefetch")]
    public void Any_other_header_is_no_prefetch(string header, string value) => Assert.False(IsPrefetch(header, value));

    [Fact]
    public void A_request_without_such_headers_is_no_prefetch() =>
        Assert.False(Prefetch.IsPrefetch(new HeaderDictionary()));

    [Fact]
    public void Each_value_of_a_repeated_header_is_read() => Assert.True(IsPrefetch("Purpose", new(["", "prefetch"])));

    private static bool IsPrefetch(string header, StringValues value) =>
        Prefetch.IsPrefetch(new HeaderDictionary { [header] = value });
}
