using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Tests.Visits.Counting;

public sealed class VisitTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Address = "/api/visits/" + TestArticle.Slug;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_visits_from_64_clients_are_counted_exactly()
    {
        var before = await GetAsync(Address);
        var acknowledged = 0;
        await Parallel.ForAsync(
            0,
            1000,
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancellation },
            async (_, token) =>
            {
                using var response = await portal.Client.PostAsync(Address + "?visit=true", content: null, token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    Interlocked.Increment(ref acknowledged);
                }
            });

        Assert.Equal(1000, acknowledged);
        var after = await GetAsync(Address);
        Assert.Equal(before.Total + 1000, after.Total);
        Assert.Equal(before.Today + 1000, after.Today);
        Assert.Equal(before.Views + 1000, after.Views);
        Assert.Equal(after.Total, await SumAsync(VisitTable.SiteRow, counts => counts.Visits));
        Assert.Equal(after.Views, await SumAsync(VisitTable.ArticleRow(TestArticle.Slug), counts => counts.Views));
    }

    [Fact]
    public async Task Each_response_includes_its_own_visit()
    {
        var first = await PostAsync(Address + "?visit=true");
        var second = await PostAsync(Address + "?visit=true");

        Assert.True(second.Total > first.Total);
        Assert.True(second.Views > first.Views);
        Assert.True(second.Online >= 1);
    }

    [Fact]
    public async Task A_returning_browser_adds_a_view_and_no_visit()
    {
        await portal.Storage.UploadAsync("lan-hai", "<title>x</title>");

        var first = await PostAsync("/api/visits/lan-hai?visit=true");
        var second = await PostAsync("/api/visits/lan-hai?visit=false");

        Assert.Equal((1, 2), (first.Views, second.Views));
        Assert.Equal(1, await SumAsync(VisitTable.ArticleRow("lan-hai"), counts => counts.Visits));
    }

    [Fact]
    public async Task Reading_the_numbers_counts_nothing()
    {
        var before = await PostAsync(Address + "?visit=true");
        await GetAsync(Address);
        await GetAsync("/api/visits");
        using var head = new HttpRequestMessage(HttpMethod.Head, Address + ".svg");
        (await portal.Client.SendAsync(head, Cancellation)).Dispose();

        Assert.Equal(before.Views, (await GetAsync(Address)).Views);
    }

    [Fact]
    public async Task Numbers_of_the_site_have_no_views_and_are_never_cached()
    {
        using var response = await portal.Client.GetAsync("/api/visits", Cancellation);

        Assert.Matches(
            """^\{"online":\d+,"today":\d+,"total":\d+\}$""",
            await response.Content.ReadAsStringAsync(Cancellation));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_picture_counts_and_shows_the_numbers()
    {
        await portal.Storage.UploadAsync("khong-script", "<title>x</title>");

        using var response = await portal.Client.GetAsync("/api/visits/khong-script.svg", Cancellation);
        var picture = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("counted", response.Headers.GetValues("X-Visit").Single());
        Assert.Contains("Đang truy cập", picture, StringComparison.Ordinal);
        Assert.Contains("Tổng truy cập", picture, StringComparison.Ordinal);
        Assert.Equal(1, (await GetAsync("/api/visits/khong-script")).Views);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task The_picture_of_the_site_shows_its_numbers_and_counts_nothing(string method)
    {
        var before = await PostAsync(Address + "?visit=true");
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/visits.svg");
        using var response = await portal.Client.SendAsync(request, Cancellation);
        var picture = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.False(response.Headers.Contains("X-Visit"));
        Assert.Equal(
            method == "GET",
            picture.Contains($">{before.Total:N0}<".Replace(',', '.'), StringComparison.Ordinal));
        Assert.DoesNotContain("Lượt xem bài này", picture, StringComparison.Ordinal);
        Assert.Equal((before.Total, before.Views), ((await GetAsync(Address)).Total, (await GetAsync(Address)).Views));
    }

    [Theory]
    [InlineData("POST", "/api/visits/khong-co-bai-nay")]
    [InlineData("POST", "/api/visits/Hoa-Thuong")]
    [InlineData("POST", "/api/visits/..%2fsite")]
    [InlineData("GET", "/api/visits/khong-co-bai-nay")]
    [InlineData("GET", "/api/visits/khong-co-bai-nay.svg")]
    public async Task An_unknown_article_is_a_404_with_problem_details_and_no_row(string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        if (method == "POST")
        {
            Assert.Equal("unknown", response.Headers.GetValues("X-Visit").Single());
        }

        var rows = await portal.Storage.Visits.QueryAsync<TableEntity>(cancellationToken: Cancellation)
            .Select(row => row.RowKey).ToListAsync(Cancellation);
        Assert.DoesNotContain(rows, row => row.Contains("khong-co", StringComparison.Ordinal)
            || row.Contains("Hoa", StringComparison.Ordinal) || row.Contains("..", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invalid_parameter_is_refused_and_counts_nothing()
    {
        await portal.Storage.UploadAsync("tham-so", "<title>x</title>");

        using var response = await portal.Client.PostAsync(
            "/api/visits/tham-so?visit=perhaps",
            content: null,
            Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, (await GetAsync("/api/visits/tham-so")).Views);
    }

    private async Task<VisitNumbers> GetAsync(string address) =>
        (await portal.Client.GetFromJsonAsync<VisitNumbers>(address, Cancellation))!;

    private async Task<VisitNumbers> PostAsync(string address)
    {
        using var response = await portal.Client.PostAsync(address, content: null, Cancellation);
        Assert.Equal("counted", response.Headers.GetValues("X-Visit").Single());
        return (await response.Content.ReadFromJsonAsync<VisitNumbers>(Cancellation))!;
    }

    private Task<long> SumAsync(string rowKey, Func<Counts, long> number) =>
        StoredVisits.SumAsync(portal.Storage.Visits, rowKey, number);
}
