using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;

namespace PhucThuan.Tests.Http;

[Fast]
public sealed class ReaderAddressTests
{
    private const string Proxy = "10.0.0.1";

    [Theory]
    [InlineData(null, 1, "203.0.113.7", Proxy)]
    [InlineData("CLIENT-IP", 1, "203.0.113.7", "203.0.113.7")]
    [InlineData("CLIENT-IP", 1, "203.0.113.7:50123", "203.0.113.7")]
    [InlineData("CLIENT-IP", 1, "2001:db8::7", "2001:db8::7")]
    [InlineData("CLIENT-IP", 1, "[2001:db8::7]:50123", "2001:db8::7")]
    [InlineData("X-Forwarded-For", 1, "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("X-Forwarded-For", 2, "198.51.100.1, 203.0.113.7, 192.0.2.9", "203.0.113.7")]
    [InlineData("X-Forwarded-For", 3, "203.0.113.7, 192.0.2.9", Proxy)]
    [InlineData("X-Forwarded-For", 1, "unknown", Proxy)]
    [InlineData("X-Forwarded-For", 1, "", Proxy)]
    public void Only_the_configured_header_and_the_entries_of_own_proxies_are_trusted(
        string? named, int hops, string value, string expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(Proxy);
        context.Request.Headers[named ?? "X-Forwarded-For"] = value;

        new ReaderAddress(Options.Create(new ReaderAddressOptions { Header = named, TrustedHops = hops }))
            .Apply(context);

        Assert.Equal(expected, context.Connection.RemoteIpAddress.ToString());
    }
}
