using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Tests.Visits.Ledger;

/// <summary>Import of the old portal's views by article from a CSV file.</summary>
public sealed class BalanceImportTests(PortalFixture portal) : IClassFixture<PortalFixture>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var rows = await RowsAsync();
        foreach (var row in rows.Keys)
        {
            await portal.Storage.Visits.DeleteEntityAsync(
                VisitTable.ArticleLedgerPartition, row, cancellationToken: Cancellation);
        }

        await portal
            .Host.Services.GetRequiredService<IFusionCache>()
            .RemoveAsync("visit-ledger-articles", token: Cancellation);
        foreach (var slug in new[] { "bai-a", "bai-b", "bai-c" })
        {
            await portal.Storage.UploadAsync(slug, TestArticle.Html);
        }

        await Eventually.AssertAsync(async () =>
            Assert.Equal(
                HttpStatusCode.OK,
                (await SendAsync("article,views\nbai-a,1\nbai-b,1\nbai-c,1", check: true)).Status));
    }

    [Fact]
    public async Task Views_of_the_old_portal_are_added_to_the_article_and_not_to_the_total()
    {
        var (before, site) = (await NumbersAsync("bai-a"), await NumbersAsync(slug: null));

        var (status, answer) = await SendAsync("article,views\nbai-a,1200\nbai-b,0\nbai-c,34");

        Assert.Equal((HttpStatusCode.OK, """{"lines":3,"written":2,"remaining":0}"""), (status, answer));
        Assert.Equal(
            before with
            {
                Online = 0,
                Views = before.Views + 1200,
            },
            (await NumbersAsync("bai-a")) with
            {
                Online = 0,
            });
        Assert.Equal(site.Total, (await NumbersAsync(slug: null)).Total);
        Assert.Equal(
            new Dictionary<string, long> { ["bai-a:opening"] = 1200, ["bai-c:opening"] = 34 }, await RowsAsync());
        var visit = await Caller.NewReader(portal.Client).ViewAsync("bai-a", "?visit=true");
        Assert.Equal(before.Views + 1201, visit.Numbers!.Views);
        var file = JsonDocument
            .Parse(await portal.Client.GetStringAsync("/api/statistics.json", Cancellation))
            .RootElement;
        Assert.Equal(
            ["bai-a opening 1200 Cổng cũ", "bai-c opening 34 Cổng cũ"],
            file.GetProperty("articleLedger").EnumerateArray().Select(entry =>
                $"{entry.GetProperty("article")} {entry.GetProperty("id")} {entry.GetProperty("amount")}"
                    + $" {entry.GetProperty("reason")}"));
        Assert.Contains(
            "Lượt xem của 2 bài có cộng số của cổng cũ",
            await portal.Client.GetStringAsync("/thong-ke", Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_adds_nothing_and_a_longer_file_adds_its_new_lines()
    {
        await SendAsync("article,views\nbai-a,5");
        var views = (await NumbersAsync("bai-a")).Views;

        Assert.Equal(
            (HttpStatusCode.OK, """{"lines":1,"written":0,"remaining":0}"""),
            await SendAsync("article,views\nbai-a,5"));
        Assert.Equal(
            (HttpStatusCode.OK, """{"lines":2,"written":1,"remaining":0}"""),
            await SendAsync("article,views\nbai-a,5\nbai-b,6"));

        Assert.Equal(views, (await NumbersAsync("bai-a")).Views);
    }

    [Fact]
    public async Task A_check_writes_nothing()
    {
        Assert.Equal(
            (HttpStatusCode.OK, """{"lines":2,"written":0,"remaining":2}"""),
            await SendAsync("article,views\nbai-a,5\nbai-b,6", check: true));

        Assert.Empty(await RowsAsync());
    }

    [Theory]
    [InlineData("article,views\r\nbai-a,5\r\n")]
    [InlineData("\uFEFFarticle;views\r\nbai-a;5\r\n")]
    [InlineData("article\tviews\nbai-a\t5")]
    [InlineData("Views,Title,Article\n5,\"Bài, có dấu phẩy\nvà xuống dòng\",bai-a\n")]
    [InlineData("article,views\n\"bai-a\",\"5\"\n\n")]
    [InlineData(" article , views \n bai-a , 5 \n")]
    [InlineData("article,views\n/bai-viet/bai-a,5")]
    [InlineData("article,views\nhttps://cong-cu.example.vn/tin/bai-a.html?trang=1,5")]
    [InlineData("article,views\nbai-a.html,005")]
    public async Task Files_of_the_usual_programs_are_read(string csv)
    {
        await SendAsync(csv);

        Assert.Equal(new Dictionary<string, long> { ["bai-a:opening"] = 5 }, await RowsAsync());
    }

    [Theory]
    [InlineData("", "Dòng 1: cần tên cột article và views")]
    [InlineData("bai-a,5\nbai-b,6", "Dòng 1: cần tên cột article và views")]
    [InlineData("article,luot\nbai-a,5", "Dòng 1: cần tên cột article và views")]
    [InlineData("article,views", "Dòng 2: tệp không có bài nào.")]
    [InlineData(
        "article,views\nbai-a,5\nbai-b,nhiều",
        "Dòng 3: views là 'nhiều'; cần số nguyên từ 0 đến 1000000000000")]
    [InlineData("article,views\nbai-a,5\nbai-b,", "Dòng 3: views là ''; ")]
    [InlineData("article,views\nbai-a,5\nbai-b", "Dòng 3: views là ''; ")]
    [InlineData("article,views\nbai-a,5\nbai-b,-6", "Dòng 3: views là '-6'; ")]
    [InlineData("article,views\nbai-a,5\nbai-b,1.234", "Dòng 3: views là '1.234'; ")]
    [InlineData("article,views\nbai-a,5\nbai-b,\"1,234\"", "Dòng 3: views là '1,234'; ")]
    [InlineData("article,views\nbai-a,5\nbai-b,6.5", "Dòng 3: views là '6.5'; ")]
    [InlineData("article,views\nbai-a,5\nbai-b,1000000000001", "Dòng 3: views là '1000000000001'; ")]
    [InlineData("article,views\nbai-a,5\nBài B,6", "Dòng 3: article là 'Bài B'; ")]
    [InlineData("article,views\nbai-a,5\n,6", "Dòng 3: article là ''; ")]
    [InlineData("article,views\nbai-a,5\nbai-la,6", "Dòng 3: cổng không có bài 'bai-la'")]
    [InlineData("article,views\nbai-a,5\nbai-b,6\n/bai-viet/bai-a,7", "Dòng 4: bài 'bai-a' đã có ở dòng 2.")]
    public async Task An_invalid_line_is_named_and_nothing_of_the_file_is_written(string csv, string fault)
    {
        var (status, detail) = await SendAsync(csv);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("Chưa ghi gì.\n", detail, StringComparison.Ordinal);
        Assert.Contains(fault, detail, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task A_number_that_differs_from_the_stored_one_is_refused()
    {
        await SendAsync("article,views\nbai-a,5");

        var (status, detail) = await SendAsync("article,views\nbai-b,6\nbai-a,7");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Dòng 3: bài 'bai-a' đã ghi 5 lượt xem", detail, StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, long> { ["bai-a:opening"] = 5 }, await RowsAsync());
    }

    [Fact]
    public async Task Twenty_faults_are_listed_and_the_rest_is_counted()
    {
        var (_, detail) = await SendAsync("article,views\n" + string.Concat(Enumerable.Repeat("bai-a,x\n", 25)));

        Assert.Contains("Dòng 21: ", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Dòng 22: ", detail, StringComparison.Ordinal);
        Assert.EndsWith("Và 5 lỗi nữa.", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?reason=", "reason cần 1 đến 300 ký tự")]
    [InlineData("?reason=x&check=co", "Tham số check là 'co'")]
    public async Task A_parameter_that_is_not_allowed_is_named(string query, string detail)
    {
        var (status, said) = await PostAsync(query, "article,views\nbai-a,5");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(detail, said, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task A_correction_of_an_article_changes_its_views_and_cannot_make_them_negative()
    {
        await SendAsync("article,views\nbai-b,50");
        var views = (await NumbersAsync("bai-b")).Views;

        using var tooMuch = await CorrectAsync(-views!.Value - 1);
        using var right = await CorrectAsync(-20);
        using var again = await CorrectAsync(-20);

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Created, HttpStatusCode.OK),
            (tooMuch.StatusCode, right.StatusCode, again.StatusCode));
        Assert.Equal(views - 20, (await NumbersAsync("bai-b")).Views);
    }

    public ValueTask DisposeAsync() => default;

    private async Task<HttpResponseMessage> CorrectAsync(long amount) => await portal.Client.PostAsJsonAsync(
        "/api/ledger?code=" + PortalFixture.FunctionKey,
        new { id = "sua-1", amount, reason = "Đếm thừa", article = "bai-b" },
        Cancellation);

    private Task<(HttpStatusCode Status, string Answer)> SendAsync(string csv, bool check = false) =>
        PostAsync("?reason=C%E1%BB%95ng%20c%C5%A9" + (check ? "&check=true" : ""), csv);

    /// <summary>Returns the status, and the body or the detail of a problem.</summary>
    private async Task<(HttpStatusCode Status, string Answer)> PostAsync(string query, string csv)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/ledger" + query)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("text/csv") },
            },
        };
        request.Headers.Add("x-functions-key", PortalFixture.FunctionKey);
        using var response = await portal.Client.SendAsync(request, Cancellation);
        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        return (
            response.StatusCode,
            response.IsSuccessStatusCode
                ? answer
                : JsonDocument.Parse(answer).RootElement.GetProperty("detail").GetString()!);
    }

    private async Task<VisitNumbers> NumbersAsync(string? slug) => (await portal.Client.GetFromJsonAsync<VisitNumbers>(
        slug is null ? "/api/visits" : "/api/visits/" + slug, Cancellation))!;

    private async Task<Dictionary<string, long>> RowsAsync() =>
        await portal
            .Storage.Visits.QueryAsync<TableEntity>(
                row => row.PartitionKey == VisitTable.ArticleLedgerPartition,
                cancellationToken: Cancellation)
            .ToDictionaryAsync(
                row => row.RowKey,
                row => row.GetInt64("Amount")!.Value,
                cancellationToken: Cancellation);
}
