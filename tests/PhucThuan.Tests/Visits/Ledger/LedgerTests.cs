using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Ledger;

public sealed class LedgerTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Address = "/api/ledger";
    private const string KeyHeader = "x-functions-key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Address, null)]
    [InlineData(Address, "khac")]
    [InlineData(Address, "")]
    [InlineData(Address + "?code=khac", null)]
    public async Task Without_the_key_nothing_is_written(string address, string? key)
    {
        var before = await RowsAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(new { id = "khong-khoa", amount = 1, reason = "x" }),
        };
        request.Headers.TryAddWithoutValidation(KeyHeader, key);
        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task The_opening_balance_is_in_the_total_at_once_and_visits_add_to_it()
    {
        await Caller.NewReader(portal.Client).ViewAsync(TestArticle.Slug, "?visit=true");
        var before = await TotalAsync();

        using var response = await AppendAsync(
            new
            {
                id = "opening",
                amount = 1_731_932,
                reason = " Số dư của cổng cũ ",
            });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var entry = (await response.Content.ReadFromJsonAsync<LedgerEntry>(Cancellation))!;
        Assert.Equal(("opening", 1_731_932, "Số dư của cổng cũ"), (entry.Id, entry.Amount, entry.Reason));
        Assert.Equal(before + 1_731_932, await TotalAsync());
        var visit = await Caller.NewReader(portal.Client).ViewAsync(TestArticle.Slug, "?visit=true");
        Assert.Equal(before + 1_731_933, visit.Numbers!.Total);
        Assert.Equal(visit.Numbers.Total, await StoredTotalAsync());
    }

    [Fact]
    public async Task The_same_entry_sent_again_returns_the_stored_one_and_is_not_added_twice()
    {
        var entry = new { id = "gui-hai-lan", amount = 7, reason = "Cộng bù" };
        using var first = await AppendAsync(entry);
        var rows = await RowsAsync();
        var total = await TotalAsync();

        using var second = await AppendAsync(entry);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(
            await first.Content.ReadFromJsonAsync<LedgerEntry>(Cancellation),
            await second.Content.ReadFromJsonAsync<LedgerEntry>(Cancellation));
        Assert.Equal(rows, await RowsAsync());
        Assert.Equal(total, await TotalAsync());
    }

    /// <summary>A second such entry would make the total negative, but a retry adds none.</summary>
    [Fact]
    public async Task A_correction_of_nearly_the_whole_total_can_be_retried_too()
    {
        using var filled = await AppendAsync(new { id = "them-cho-du", amount = 1, reason = "x" });
        var entry = new { id = "bot-gan-het", amount = -await TotalAsync(), reason = "Đếm trùng" };
        using var first = await AppendAsync(entry);
        Assert.Equal(0, await TotalAsync());

        using var second = await AppendAsync(entry);
        using var other = await AppendAsync(entry with { amount = entry.amount - 1 });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(0, await TotalAsync());
    }

    [Theory]
    [InlineData(8, "Cộng bù")]
    [InlineData(-7, "Cộng bù")]
    [InlineData(7, "Lý do khác")]
    public async Task An_entry_cannot_be_overwritten_and_the_refusal_quotes_the_stored_one(long amount, string reason)
    {
        using var first = await AppendAsync(new { id = "khong-sua", amount = 7, reason = "Cộng bù" });
        var rows = await RowsAsync();

        using var second = await AppendAsync(new { id = "khong-sua", amount, reason });

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var detail = await DetailAsync(second);
        Assert.Contains("'khong-sua'", detail, StringComparison.Ordinal);
        Assert.Contains("với số 7: Cộng bù.", detail, StringComparison.Ordinal);
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task Of_concurrent_entries_with_the_same_id_one_is_stored()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = $"cung-luc-{round}";
            var before = await TotalAsync();
            var answers = await Task.WhenAll(
                Enumerable.Range(1, 4).Select(amount => AppendAsync(new { id, amount, reason = "x" })));

            var created = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
            Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
            var entry = (await created.Content.ReadFromJsonAsync<LedgerEntry>(Cancellation))!;
            Assert.Equal(entry.Amount, (await portal.Storage.Visits.GetEntityAsync<TableEntity>(
                VisitTable.LedgerPartition, id, cancellationToken: Cancellation)).Value.GetInt64("Amount"));
            Assert.Equal(before + entry.Amount, await TotalAsync());
        }
    }

    [Fact]
    public async Task A_correction_cannot_make_the_total_negative()
    {
        using var added = await AppendAsync(new { id = "cong-100", amount = 100, reason = "x" });
        var total = await TotalAsync();

        using var tooMuch = await AppendAsync(new { id = "bot-qua-tay", amount = -total - 1, reason = "x" });
        using var all = await AppendAsync(new { id = "bot-het", amount = -total, reason = "x" });

        Assert.Equal(HttpStatusCode.BadRequest, tooMuch.StatusCode);
        Assert.Equal(
            $"amount là {-total - 1}, nhưng tổng hiện có là {total}; tổng không thể âm.", await DetailAsync(tooMuch));
        Assert.Equal(HttpStatusCode.Created, all.StatusCode);
        Assert.Equal(0, await TotalAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("id=opening&amount=1")]
    [InlineData("[]")]
    [InlineData("""{"id":"a","amount":1,"reason":"x"} {}""")]
    [InlineData("""{"amount":1,"reason":"x"}""")]
    [InlineData("""{"id":"a","reason":"x"}""")]
    [InlineData("""{"id":"a","amount":1}""")]
    [InlineData("""{"id":null,"amount":1,"reason":"x"}""")]
    [InlineData("""{"id":"a","amount":null,"reason":"x"}""")]
    [InlineData("""{"id":"a","amount":1,"reason":null}""")]
    [InlineData("""{"id":"a","amount":1.5,"reason":"x"}""")]
    [InlineData("""{"id":"a","amount":"5","reason":"x"}""")]
    [InlineData("""{"id":"a","amount":"","reason":"x"}""")]
    [InlineData("""{"id":"a","amount":"NaN","reason":"x"}""")]
    [InlineData("""{"id":"a","amount":true,"reason":"x"}""")]
    [InlineData("""{"id":"a","amount":[5],"reason":"x"}""")]
    [InlineData("""{"id":"a","amount":9223372036854775808,"reason":"x"}""")]
    [InlineData("""{"id":"a","amount":1,"reason":"\ud800"}""")]
    [InlineData("""{"id":"a","amount":1,"reason":"x","time":"2020-01-01"}""")]
    [InlineData("""{"id":"a","amount":1,"amount":2,"reason":"x"}""")]
    public async Task A_body_that_is_no_entry_is_refused_with_an_example(string body) =>
        await RefusesAsync(body, "id, amount và reason, ví dụ {\"id\":\"opening\"");

    [Fact]
    public async Task A_body_may_have_4096_bytes_and_not_one_more()
    {
        var entry = """{"id":"vua-du","amount":1,"reason":"x"}""";
        await RefusesAsync(entry.PadRight(4097), "không quá 4096 byte");

        using var response = await SendAsync(entry.PadRight(4096));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("", 1, "x", "id là ''; chỉ nhận chữ thường a đến z")]
    [InlineData("Opening", 1, "x", "id là 'Opening'; chỉ nhận chữ thường a đến z")]
    [InlineData("../site", 1, "x", "id là '../site'; chỉ nhận chữ thường a đến z")]
    [InlineData("so-du\n", 1, "x", "id là 'so-du\n'; chỉ nhận chữ thường a đến z")]
    [InlineData("a", 0, "x", "amount là 0; số dư đầu kỳ (id là opening) nhận 1 đến 1000000000000, điều chỉnh nhận cả"
        + " số âm nhưng không nhận 0.")]
    [InlineData("a", 1_000_000_000_001, "x", "amount là 1000000000001; ")]
    [InlineData("a", -1_000_000_000_001, "x", "amount là -1000000000001; ")]
    [InlineData("a", long.MinValue, "x", "amount là -9223372036854775808; ")]
    [InlineData("opening", -1, "x", "amount là -1; số dư đầu kỳ (id là opening) nhận 1 đến 1000000000000")]
    [InlineData("a", -1_000_000_000_000, "x", "amount là -1000000000000, nhưng tổng hiện có là ")]
    [InlineData("a", 1, "", "reason cần 1 đến 300 ký tự trên một dòng")]
    [InlineData("a", 1, " \t ", "reason cần 1 đến 300 ký tự trên một dòng")]
    [InlineData("a", 1, "hai\ndòng", "reason cần 1 đến 300 ký tự trên một dòng")]
    [InlineData("a", 1, "hai\u2028dòng", "reason cần 1 đến 300 ký tự trên một dòng")]
    public async Task An_invalid_value_is_named_with_the_allowed_ones(
        string id,
        long amount,
        string reason,
        string detail) =>
        await RefusesAsync(
            JsonSerializer.Serialize(
                new
                {
                    id,
                    amount,
                    reason,
                }),
            detail);

    [Fact]
    public async Task A_reason_may_have_300_characters_and_not_one_more()
    {
        await RefusesAsync(
            JsonSerializer.Serialize(
                new
                {
                    id = "a",
                    amount = 1,
                    reason = new string('ộ', 301),
                }),
            "reason cần 1 đến 300 ký tự");

        using var response = await AppendAsync(new { id = "ly-do-dai", amount = 1, reason = new string('ộ', 300) });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Only_POST_is_allowed(string method)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            $"{Address}?code={PortalFixture.FunctionKey}");
        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    private async Task RefusesAsync(string body, string detail)
    {
        var before = await RowsAsync();
        using var response = await SendAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(detail, await DetailAsync(response), StringComparison.Ordinal);
        Assert.Equal(before, await RowsAsync());
    }

    private Task<HttpResponseMessage> AppendAsync(object entry) => SendAsync(JsonSerializer.Serialize(entry));

    private async Task<HttpResponseMessage> SendAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(KeyHeader, PortalFixture.FunctionKey);
        return await portal.Client.SendAsync(request, Cancellation);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString()!;

    private async Task<long> TotalAsync() =>
        (await portal.Client.GetFromJsonAsync<VisitNumbers>("/api/visits", Cancellation))!.Total;

    private async Task<long> StoredTotalAsync() =>
        await StoredVisits.SumAsync(portal.Storage.Visits, VisitTable.SiteRow, counts => counts.Visits)
        + (await RowsAsync()).Sum(row => row.Amount);

    /// <summary>Reads the ledger from the table, with the etags, which change with every write.</summary>
    private async Task<List<(string Id, long Amount, string Reason, string ETag)>> RowsAsync() =>
        await portal
            .Storage.Visits.QueryAsync<TableEntity>(
                row => row.PartitionKey == VisitTable.LedgerPartition,
                cancellationToken: Cancellation)
            .Select(row => (row.RowKey, row.GetInt64("Amount")!.Value, row.GetString("Reason"), row.ETag.ToString()))
            .ToListAsync(Cancellation);
}
