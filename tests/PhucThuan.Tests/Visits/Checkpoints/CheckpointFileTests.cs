using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.LocalHost.Verification;
using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Statistics;
using PhucThuan.Tests.Visits.Counting;
using PhucThuan.Tests.Visits.Statistics;

namespace PhucThuan.Tests.Visits.Checkpoints;

/// <summary>The checkpoint file, the page that shows the last checkpoint, and the command that verifies them.</summary>
public sealed class CheckpointFileTests(StatisticsFixture portal) : IClassFixture<StatisticsFixture>, IAsyncLifetime
{
    private const string Address = "/api/checkpoints.jsonl";

    private static readonly DateOnly Yesterday = StatisticsFixture.Today.AddDays(-1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await StoredVisits.ClearAsync(portal.Storage.Visits);
        await portal.Storage.Checkpoints.DeleteBlobIfExistsAsync(
            CheckpointLog.BlobName,
            cancellationToken: Cancellation);
        await portal.Services.GetRequiredService<StatisticsEndpoint>().ForgetAsync();
        await StoredVisits.WriteAsync(
            portal.Storage.Visits,
            2,
            ("site", 12, 34),
            (VisitTable.DayRow(Yesterday), 5, 7),
            (VisitTable.ArticleDayRow(Yesterday, "bai-a"), 5, 7),
            (VisitTable.DayRow(Yesterday.AddDays(-1)), 7, 27),
            (VisitTable.ArticleDayRow(Yesterday.AddDays(-1), "bai-b"), 7, 27));
    }

    [Fact]
    public async Task Before_the_first_night_there_is_no_file_and_the_page_has_a_notice()
    {
        using var response = await portal.Client.GetAsync(Address, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Contains(
            "Chưa có dòng đối chiếu nào",
            problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
        Assert.Contains("dòng đầu tiên được ghi vào đêm tới", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_has_every_line_and_the_page_has_the_numbers_and_the_hash_of_the_last()
    {
        await AppendAsync();

        using var response = await portal.Client.GetAsync(Address, Cancellation);
        var file = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal("application/jsonl; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("doi-chieu.jsonl", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("public, max-age=60", response.Headers.CacheControl!.ToString());
        var lines = Encoding.UTF8.GetString(file).Split('\n');
        Assert.Equal(3, lines.Length);
        var page = await PageAsync();
        Assert.Contains(Checkpoint.HashOf(Encoding.UTF8.GetBytes(lines[1])), page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Address}\"", page, StringComparison.Ordinal);

        using var head = new HttpRequestMessage(HttpMethod.Head, Address);
        using var headers = await portal.Client.SendAsync(head, Cancellation);
        Assert.Equal(HttpStatusCode.OK, headers.StatusCode);
        Assert.Empty(await headers.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task The_command_agrees_until_a_number_of_a_past_day_is_changed()
    {
        await AppendAsync();
        var kept = new FileInfo(Path.GetTempFileName());
        await File.WriteAllTextAsync(
            kept.FullName,
            await portal.Client.GetStringAsync(Address, Cancellation),
            Cancellation);
        try
        {
            var (agreed, said) = await VerifyAsync(kept);
            Assert.True(agreed == 0, said);
            Assert.Contains(
                "2 checkpoints, 2026-11-22 to 2026-11-23: chain and numbers agree; total 12.",
                said,
                StringComparison.Ordinal);

            // The rows of the table are changed consistently.
            await ReplaceAsync(VisitTable.DayRow(Yesterday.AddDays(-1)), 8, 28);
            await ReplaceAsync(VisitTable.ArticleDayRow(Yesterday.AddDays(-1), "bai-b"), 8, 28);
            await ReplaceAsync(VisitTable.SiteRow, 13, 35);
            (agreed, said) = await VerifyAsync(kept);
            Assert.Equal(1, agreed);
            Assert.Contains("2026-11-22: visits should be 7 and is 8.", said, StringComparison.Ordinal);

            // The chain is rebuilt from the changed table. Only a kept line reveals that.
            await portal.Storage.Checkpoints.DeleteBlobAsync(CheckpointLog.BlobName, cancellationToken: Cancellation);
            await AppendAsync();
            (agreed, said) = await VerifyAsync(kept);
            Assert.Equal(1, agreed);
            Assert.Contains("The kept line is not in the chain any more", said, StringComparison.Ordinal);
            Assert.DoesNotContain("The chain is broken", said, StringComparison.Ordinal);
        }
        finally
        {
            kept.Delete();
        }
    }

    [Fact]
    public async Task Without_a_response_the_command_reports_that_the_result_is_unknown()
    {
        var (code, said) = await VerifyAsync(kept: null, new Uri("http://127.0.0.1:1"));

        Assert.Equal(2, code);
        Assert.Contains("http://127.0.0.1:1/ cannot be asked", said, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => default;

    private Task AppendAsync() => portal.Services.GetRequiredService<CheckpointWriter>().RunAsync(Cancellation);

    private Task<string> PageAsync() => portal.Client.GetStringAsync("/thong-ke", Cancellation);

    private async Task ReplaceAsync(string row, long visits, long views) =>
        await portal.Storage.Visits.UpsertEntityAsync(
            new Counts(visits, views).ToEntity("02", row), TableUpdateMode.Replace, Cancellation);

    private async Task<(int ExitCode, string Said)> VerifyAsync(FileInfo? kept, Uri? address = null)
    {
        using var said = new StringWriter();
        var code = await VerifyCommand.RunAsync(
            address ?? portal.Client.BaseAddress!, kept, said, said, Cancellation);
        return (code, said.ToString());
    }
}
