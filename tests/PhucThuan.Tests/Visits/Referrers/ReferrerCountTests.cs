using System.Net;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Referrers;

/// <summary>A visit and the host of its referrer are counted together.</summary>
public sealed class ReferrerCountTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("visit=true&from=www.facebook.com", "facebook.com")]
    [InlineData("from=zalo.me", "zalo.me")]
    [InlineData("visit=false&from=facebook.com", null)]
    [InlineData("visit=true", null)]
    [InlineData("visit=true&from=", null)]
    [InlineData("visit=true&from=127.0.0.1", null)]
    [InlineData("visit=true&from=localhost:7071", null)]
    [InlineData("visit=true&from=a.vn&from=b.vn", null)]
    [InlineData("visit=true&from=https%3A%2F%2Fa.vn%2Fbai%3Fq%3Dten", null)]
    public async Task A_visit_is_counted_with_any_referrer_and_with_its_host(string query, string? host)
    {
        var (views, hosts) = (await ViewsAsync(), await HostsAsync());

        var answer = await Caller.NewReader(portal.Client).ViewAsync(TestArticle.Slug, "?" + query);

        Assert.Equal((HttpStatusCode.OK, "counted"), (answer.Status, answer.Outcome));
        Assert.Equal(views + 1, await ViewsAsync());
        if (host is not null)
        {
            hosts[host] = hosts.GetValueOrDefault(host) + 1;
        }

        Assert.Equal(hosts, await HostsAsync());
    }

    [Fact]
    public async Task A_retried_view_counts_its_host_once()
    {
        var reader = Caller.NewReader(portal.Client);
        var query = $"?visit=true&from=hai-lan.vn&view={Guid.NewGuid():N}";
        await reader.ViewAsync(TestArticle.Slug, query);
        await reader.ViewAsync(TestArticle.Slug, query);

        Assert.Equal(1, (await HostsAsync())["hai-lan.vn"]);
    }

    private Task<long> ViewsAsync() => StoredVisits.SumAsync(
        portal.Storage.Visits, VisitTable.ArticleRow(TestArticle.Slug), counts => counts.Views);

    /// <summary>Visits by host, summed over all days because midnight may pass during the test.</summary>
    private async Task<Dictionary<string, long>> HostsAsync() => (await StoredVisits.ReadAsync(portal.Storage.Visits))
        .Where(row => row.Key.RowKey.StartsWith("from:", StringComparison.Ordinal))
        .GroupBy(row => row.Key.RowKey["from:yyyy-MM-dd:".Length..])
        .ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Value.Visits));
}
