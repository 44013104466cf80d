using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Visits.Referrers;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Tests.Visits.Referrers;

[Fast]
public sealed class ReferrerHostsTests
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    [Theory]
    [InlineData("facebook.com", "facebook.com")]
    [InlineData("www.facebook.com", "facebook.com")]
    [InlineData("l.facebook.com", "facebook.com")]
    [InlineData("lm.facebook.com", "facebook.com")]
    [InlineData("m.facebook.com", "facebook.com")]
    [InlineData("WWW.Google.COM.VN", "google.com.vn")]
    [InlineData("news.google.com", "news.google.com")]
    [InlineData("baothainguyen.vn:8443", "baothainguyen.vn")]
    [InlineData("baothainguyen.vn.", "baothainguyen.vn")]
    [InlineData("báo.vn", "xn--bo-mia.vn")]
    [InlineData("xn--bo-mia.vn", "xn--bo-mia.vn")]
    [InlineData("com.google.android.gm", "com.google.android.gm")]
    [InlineData("m.vn", "m.vn")]
    [InlineData("www.vn", "www.vn")]
    public void A_public_host_is_counted_under_one_name(string sent, string host) =>
        Assert.Equal(host, Hosts().Find(Request(), sent, Day));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("localhost")]
    [InlineData("localhost:3000")]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.1.10:8080")]
    [InlineData("[::1]")]
    [InlineData("1.2.3")]
    [InlineData("mayin.local")]
    [InlineData("intranet.ubnd.lan")]
    [InlineData("server.internal")]
    [InlineData("router.home.arpa")]
    [InlineData("abc.onion")]
    [InlineData("a..b.vn")]
    [InlineData("-a.vn")]
    [InlineData("a-.vn")]
    [InlineData(".vn")]
    [InlineData("a_b.vn")]
    [InlineData("<script>.vn")]
    [InlineData("a.vn/thu-muc?q=ten")]
    [InlineData("a.vn?q=ten")]
    [InlineData("ten:mat-khau@a.vn")]
    [InlineData("https://a.vn")]
    [InlineData("a.vn\r\nb.vn")]
    [InlineData("xn--\u0000.vn")]
    public void A_value_that_is_no_public_host_is_not_counted(string? sent) =>
        Assert.Null(Hosts().Find(Request(), sent, Day));

    [Theory]
    [InlineData(254)]
    [InlineData(5000)]
    public void A_name_that_is_too_long_is_not_counted(int length)
    {
        var name = string.Concat(Enumerable.Repeat("abc.", length / 4)) + "vn";
        Assert.Null(Hosts().Find(Request(), name.PadLeft(length, 'a'), Day));
    }

    [Theory]
    [InlineData("cong.example.vn")]
    [InlineData("CONG.example.vn:443")]
    [InlineData("phucthuan.example.org")]
    [InlineData("www.phucthuan.example.org")]
    public void The_portal_itself_is_not_counted(string sent) => Assert.Null(Hosts().Find(Request(), sent, Day));

    [Fact]
    public void Hosts_beyond_the_limit_of_a_day_are_counted_together()
    {
        var hosts = Hosts();
        var names = Enumerable.Range(0, ReferrerHosts.MaxHosts).Select(number => $"trang-{number}.vn").ToList();
        Assert.Equal(names, names.Select(name => hosts.Find(Request(), name, Day)));

        Assert.Equal("*", hosts.Find(Request(), "mot-trang-nua.vn", Day));
        Assert.Equal("trang-0.vn", hosts.Find(Request(), "trang-0.vn", Day));
        Assert.Equal("*", hosts.Find(Request(), "mot-trang-nua.vn", Day.AddDays(-1)));
        Assert.Equal("mot-trang-nua.vn", hosts.Find(Request(), "mot-trang-nua.vn", Day.AddDays(1)));
    }

    private static ReferrerHosts Hosts() => new(new OtherSites(new SiteAddress(
        Options.Create(new SiteOptions { Address = new Uri("https://phucthuan.example.org") }),
        new ConfigurationBuilder().Build(),
        new NoServer())));

    private static HttpRequest Request() =>
        new DefaultHttpContext { Request = { Host = new HostString("cong.example.vn") } }.Request;

    private sealed class NoServer : IServer
    {
        public Microsoft.AspNetCore.Http.Features.IFeatureCollection Features { get; } =
            new Microsoft.AspNetCore.Http.Features.FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
