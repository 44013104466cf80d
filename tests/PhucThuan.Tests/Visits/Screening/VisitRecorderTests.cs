using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Screening;

/// <summary>Views that storage refuses.</summary>
public sealed class VisitRecorderTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private static HttpRequest Request =>
        new DefaultHttpContext { Request = { Headers = { UserAgent = TestBrowser.UserAgent } } }.Request;

    [Theory]
    [InlineData(null, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_view_that_storage_refused_is_no_repeat_when_it_is_sent_again(bool? startsVisit, long visits)
    {
        var slug = $"gui-lai-{startsVisit}";
        var away = true;
        var clock = new FakeTimeProvider();
        var recorder = CreateRecorder(() => away ? TransportFault.RequestLost : TransportFault.None, clock);

        await RefuseAsync(recorder.RecordAsync(Request, slug, Day, startsVisit), clock);
        away = false;

        Assert.Null(await recorder.RecordAsync(Request, slug, Day, startsVisit));
        Assert.Equal((visits, 1), await CountsAsync(slug));
    }

    [Fact]
    public async Task A_refused_view_of_a_visit_that_has_begun_does_not_begin_another_when_it_is_sent_again()
    {
        var away = false;
        var clock = new FakeTimeProvider();
        var recorder = CreateRecorder(() => away ? TransportFault.RequestLost : TransportFault.None, clock);
        Assert.Null(await recorder.RecordAsync(Request, "bai-dau", Day, startsVisit: null));

        away = true;
        await RefuseAsync(recorder.RecordAsync(Request, "bai-sau", Day, startsVisit: null), clock);
        away = false;

        Assert.Null(await recorder.RecordAsync(Request, "bai-sau", Day, startsVisit: null));
        Assert.Equal(DropReason.Repeat, await recorder.RecordAsync(Request, "bai-dau", Day, startsVisit: null));
        Assert.Equal((1, 1), await CountsAsync("bai-dau"));
        Assert.Equal((0, 1), await CountsAsync("bai-sau"));
    }

    /// <summary>In steps of which Eventually makes at most 300: the half hour in which a repeat is known must not pass.</summary>
    private static async Task RefuseAsync(Task view, FakeTimeProvider clock)
    {
        await Eventually.AssertAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(view.IsCompleted);
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => view);
    }

    private VisitRecorder CreateRecorder(Func<TransportFault> fault, TimeProvider clock)
    {
        var options = new TableClientOptions { Transport = new LossyTransport(fault) };
        options.Retry.MaxRetries = 0;
        var tables = new TableServiceClient(storage.ConnectionString, options);
        return new VisitRecorder(
            TestCounter.Create(tables, clock),
            new AddressRates(clock, Options.Create(new VisitOptions())),
            new RecentVisitors(clock));
    }

    private async Task<(long Visits, long Views)> CountsAsync(string slug)
    {
        var row = VisitTable.ArticleRow(slug);
        return (
            await StoredVisits.SumAsync(storage.Visits, row, counts => counts.Visits),
            await StoredVisits.SumAsync(storage.Visits, row, counts => counts.Views));
    }
}
