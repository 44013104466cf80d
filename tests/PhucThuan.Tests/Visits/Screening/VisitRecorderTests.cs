using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Articles.Pages;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Referrers;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Screening;

/// <summary>Views that storage refuses.</summary>
public sealed class VisitRecorderTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("khong-nho", null, 1)]
    [InlineData("luot-moi", true, 1)]
    [InlineData("luot-cu", false, 0)]
    public async Task A_view_that_storage_refused_is_not_a_repeat_when_it_is_sent_again(
        string slug, bool? startsVisit, long visits)
    {
        await portal.Storage.UploadAsync(slug, TestArticle.Html);
        var isDown = true;
        var clock = new FakeTimeProvider();
        var recorder = CreateRecorder(() => isDown ? TransportFault.RequestLost : TransportFault.None, clock);

        await RefuseAsync(RecordAsync(recorder, slug, startsVisit), clock);
        isDown = false;

        Assert.Null(await RecordAsync(recorder, slug, startsVisit));
        Assert.Equal((visits, 1), await CountsAsync(slug));
    }

    [Fact]
    public async Task A_refused_view_of_a_running_visit_starts_no_second_visit_when_it_is_sent_again()
    {
        await portal.Storage.UploadAsync("bai-dau", TestArticle.Html);
        await portal.Storage.UploadAsync("bai-sau", TestArticle.Html);
        var isDown = false;
        var clock = new FakeTimeProvider();
        var recorder = CreateRecorder(() => isDown ? TransportFault.RequestLost : TransportFault.None, clock);
        Assert.Null(await RecordAsync(recorder, "bai-dau", null));

        isDown = true;
        await RefuseAsync(RecordAsync(recorder, "bai-sau", null), clock);
        isDown = false;

        Assert.Null(await RecordAsync(recorder, "bai-sau", null));
        Assert.Equal("repeat", await RecordAsync(recorder, "bai-dau", null));
        Assert.Equal((1, 1), await CountsAsync("bai-dau"));
        Assert.Equal((0, 1), await CountsAsync("bai-sau"));
    }

    [Fact]
    public async Task A_view_whose_numbers_cannot_be_read_is_neither_counted_nor_remembered()
    {
        const string Slug = "khong-doc-duoc";
        await portal.Storage.UploadAsync(Slug, TestArticle.Html);
        var recorder = CreateRecorder(() => TransportFault.None, new FakeTimeProvider());

        await Assert.ThrowsAsync<StorageUnavailableException>(() => recorder.RecordAsync(
            View(Slug, null), () => throw new StorageUnavailableException("down"), Cancellation));

        Assert.Equal((0, 0), await CountsAsync(Slug));
        Assert.Null(await RecordAsync(recorder, Slug, null));
        Assert.Equal((1, 1), await CountsAsync(Slug));
    }

    /// <summary>
    /// Moves the clock by one second for each attempt of Eventually: at most 300, less than the half hour of a repeat.
    /// </summary>
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

    private static ViewRequest View(string slug, bool? startsVisit)
    {
        var http = new DefaultHttpContext { Request = { Headers = { UserAgent = TestBrowser.UserAgent } } };
        return new ViewRequest(http.Request, slug, Day, startsVisit, ViewId: null);
    }

    /// <summary>Name of the step that dropped the view; null when it is counted.</summary>
    private static async Task<string?> RecordAsync(VisitRecorder recorder, string slug, bool? startsVisit) =>
        (await recorder.RecordAsync(View(slug, startsVisit), () => Task.CompletedTask, Cancellation))?.Name;

    private VisitRecorder CreateRecorder(Func<TransportFault> fault, TimeProvider clock)
    {
        var options = new TableClientOptions { Transport = new LossyTransport(fault) };
        options.Retry.MaxRetries = 0;
        var tables = new TableServiceClient(portal.Storage.ConnectionString, options);
        var services = portal.Host.Services;
        var recent = new RecentVisitors(clock);
        var rates = new AddressRates(clock, Options.Create(new VisitOptions()));
        return new VisitRecorder(
            new ViewScreening(
                services.GetRequiredService<OtherSites>(), rates, services.GetRequiredService<ArticleLookup>(), recent),
            recent,
            services.GetRequiredService<ReferrerHosts>(),
            TestCounter.Create(tables, clock),
            TestMetrics.None);
    }

    private async Task<(long Visits, long Views)> CountsAsync(string slug)
    {
        var row = VisitTable.ArticleRow(slug);
        return (
            await StoredVisits.SumAsync(portal.Storage.Visits, row, counts => counts.Visits),
            await StoredVisits.SumAsync(portal.Storage.Visits, row, counts => counts.Views));
    }
}
