using Microsoft.Playwright;

namespace PhucThuan.Tests.Visits;

/// <summary>A view that is sent several times is one view; several windows of a reader are one visit.</summary>
public sealed class OneVisitTests(SampleSite browser) : IClassFixture<SampleSite>
{
    private const string Slug = VisitPages.Slug;
    private const string OtherSlug = VisitPages.OtherSlug;
    private const string ThirdSlug = VisitPages.ThirdSlug;

    /// <summary>Fault of the network or of the server.</summary>
    public enum Fault
    {
        /// <summary>The view is counted; the reader leaves the page before the response.</summary>
        AnswerIsLate,

        /// <summary>The view is counted; the connection breaks before the response.</summary>
        AnswerIsLost,

        /// <summary>The request never reaches the server.</summary>
        RequestIsLost,

        /// <summary>The server answers 503.</summary>
        Unavailable,
    }

    [Theory]
    [InlineData(Fault.AnswerIsLate)]
    [InlineData(Fault.AnswerIsLost)]
    [InlineData(Fault.RequestIsLost)]
    [InlineData(Fault.Unavailable)]
    public async Task A_page_that_is_reloaded_before_its_response_is_one_visit(Fault fault)
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync();
        var sent = new SentRequests(reader.Context);
        await FailAsync(reader.Context, fault);

        for (var load = 1; load <= 4; load++)
        {
            await reader.Page.GotoAsync(VisitPages.PathOf(Slug));
            await sent.HasViewsAsync(load);
        }

        await reader.Context.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await reader.Page.ReloadAsync();
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        await reader.Page.ShowsAsync("total", before.Total + 1);
        Assert.Equal((1, 1), (sent.DistinctViews, sent.DistinctVisits));
    }

    [Theory]
    [InlineData(Fault.AnswerIsLate)]
    [InlineData(Fault.AnswerIsLost)]
    [InlineData(Fault.RequestIsLost)]
    [InlineData(Fault.Unavailable)]
    public async Task Leaving_before_the_response_makes_one_visit_and_counts_every_view(Fault fault)
    {
        string[] slugs = [Slug, OtherSlug, ThirdSlug];
        var before = await Task.WhenAll(slugs.Select(browser.NumbersAsync));
        await using var reader = await browser.OpenAsync();
        var sent = new SentRequests(reader.Context);
        await FailAsync(reader.Context, fault);

        for (var page = 0; page < slugs.Length; page++)
        {
            await reader.Page.GotoAsync(VisitPages.PathOf(slugs[page]));
            await sent.HasViewsAsync(page + 1);
        }

        // The next page, even a list, sends the views that have no response.
        await reader.Context.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await reader.Page.GotoAsync("/");
        await Eventually.AssertAsync(async () =>
        {
            var after = await Task.WhenAll(slugs.Select(browser.NumbersAsync));
            Assert.Equal(before.Select(numbers => numbers.Views + 1), after.Select(numbers => numbers.Views));
            Assert.Equal(before[0].Total + 1, after[0].Total);
        });
        Assert.Equal((slugs.Length, 1), (sent.DistinctViews, sent.DistinctVisits));
    }

    [Fact]
    public async Task An_acknowledged_view_is_not_sent_again()
    {
        await using var reader = await browser.OpenAsync();
        var sent = new SentRequests(reader.Context);
        await reader.Page.GotoAsync(VisitPages.PathOf(Slug));
        await reader.Page.ShownAsync();

        await reader.Page.ReloadAsync();
        await reader.Page.ShownAsync();
        await reader.Page.GotoAsync("/");
        await reader.Page.ShownAsync();

        Assert.Single(sent.Views);
        Assert.Matches("^[A-Za-z0-9_-]{22}$", sent.Views.Single().Id!);
    }

    [Fact]
    public async Task Each_view_of_each_browser_has_a_unique_id()
    {
        var ids = new List<string?>();
        for (var number = 0; number < 3; number++)
        {
            await using var reader = await browser.OpenAsync();
            var sent = new SentRequests(reader.Context);
            foreach (var slug in new[] { Slug, OtherSlug })
            {
                await reader.Page.GotoAsync(VisitPages.PathOf(slug));
                await reader.Page.ShownAsync();
            }

            ids.AddRange(sent.Views.Select(view => view.Id));
        }

        Assert.Equal(6, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(Slug, Slug, Slug)]
    [InlineData(Slug, OtherSlug, ThirdSlug)]
    public async Task Windows_that_open_at_once_are_one_visit(params string[] slugs)
    {
        var before = await Task.WhenAll(slugs.Select(browser.NumbersAsync));
        await using var reader = await browser.OpenAsync();
        var sent = new SentRequests(reader.Context);
        var windows = new List<IPage> { reader.Page };
        while (windows.Count < slugs.Length)
        {
            windows.Add(await reader.Context.NewPageAsync());
        }

        await Task.WhenAll(windows.Zip(slugs, (window, slug) => window.GotoAsync(VisitPages.PathOf(slug))));
        await Task.WhenAll(windows.Select(window => window.ShownAsync()));

        var after = await Task.WhenAll(slugs.Select(browser.NumbersAsync));
        Assert.Equal(before[0].Total + 1, after[0].Total);
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First.Views + 1, pair.Second.Views));
        Assert.Equal((slugs.Distinct().Count(), 1), (sent.DistinctViews, sent.DistinctVisits));
    }

    [Fact]
    public async Task A_window_that_keeps_the_lock_does_not_block_the_others()
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync("/");
        await reader.Page.EvaluateAsync(
            """
            () => new Promise((held) => {
              navigator.locks.request("phucthuan.visits", () => {
                held();
                return new Promise(() => {});
              });
            })
            """);

        var window = await reader.Context.NewPageAsync();
        await window.GotoAsync(VisitPages.PathOf(Slug));

        await window.ShowsAsync("views", before.Views!.Value + 1);
    }

    [Fact]
    public async Task The_queue_of_a_long_outage_is_bounded()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.RouteAsync("**/api/visits**", route => route.FulfillAsync(new() { Status = 503 }));
        await reader.Page.GotoAsync("/");
        await reader.Page.EvaluateAsync(
            """
            () => {
              const time = Date.now();
              const view = (number) => ({ id: "0123456789abcdef" + number, slug: "bai-" + number, time });
              const waiting = Array.from({ length: 500 }, (_, number) => view(number));
              localStorage.setItem("phucthuan.visits", JSON.stringify({ seen: time, views: {}, waiting }));
            }
            """);

        await reader.Page.GotoAsync(VisitPages.PathOf(Slug));
        await Assertions.Expect(reader.Page.GetByText("Chưa lấy được số liệu mới")).ToBeVisibleAsync();

        var kept = await reader.Page.EvaluateAsync<int>(
            "JSON.parse(localStorage.getItem('phucthuan.visits')).waiting.length");
        Assert.InRange(kept, 1, 20);
    }

    /// <summary>Applies the fault to every view. Does not wait for responses, so that a page can be left.</summary>
    private static Task<IAsyncDisposable> FailAsync(IBrowserContext context, Fault fault) =>
        context.RouteAsync("**/api/visits/**", async route =>
        {
            if (fault is Fault.AnswerIsLate or Fault.AnswerIsLost)
            {
                await route.FetchAsync();
            }

            if (fault is Fault.AnswerIsLost or Fault.RequestIsLost)
            {
                await route.AbortAsync();
            }
            else if (fault is Fault.Unavailable)
            {
                await route.FulfillAsync(new() { Status = 503 });
            }
        });
}
