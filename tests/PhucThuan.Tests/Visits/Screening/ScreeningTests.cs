using System.Net;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Screening;

/// <summary>What becomes of a view, as the answer, the numbers and the day's tally tell it.</summary>
public sealed class ScreeningTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Slug = TestArticle.Slug;
    private const string OtherSlug = "bai-khac";

    private static DateOnly Today => VietnamTime.DayOf(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_first_view_is_counted_and_a_second_is_a_repeat_that_changes_no_number()
    {
        var reader = Caller.NewReader(portal.Client);
        var tally = await TallyAsync(DropReason.Repeat);
        var before = await reader.GetNumbersAsync(Slug);

        var first = await reader.ViewAsync(Slug);
        var second = await reader.ViewAsync(Slug);

        Assert.Equal((HttpStatusCode.OK, "counted"), (first.Status, first.Became));
        Assert.Equal(
            before with { Today = before.Today + 1, Total = before.Total + 1, Views = before.Views + 1 }, first.Numbers);
        Assert.Equal((HttpStatusCode.OK, "repeat"), (second.Status, second.Became));
        Assert.Equal(first.Numbers, second.Numbers);
        Assert.Equal(tally + 1, await TallyAsync(DropReason.Repeat));
    }

    [Fact]
    public async Task Another_article_is_a_view_of_the_same_visit()
    {
        await portal.Storage.UploadAsync(OtherSlug, TestArticle.Html);
        var reader = Caller.NewReader(portal.Client);
        var before = await reader.GetNumbersAsync(OtherSlug);

        var first = await reader.ViewAsync(Slug);
        var second = await reader.ViewAsync(OtherSlug);

        Assert.Equal("counted", second.Became);
        Assert.Equal((first.Numbers!.Total, first.Numbers.Today), (second.Numbers!.Total, second.Numbers.Today));
        Assert.Equal(before.Views + 1, second.Numbers.Views);
    }

    [Fact]
    public async Task Another_agent_at_the_same_address_is_another_visitor()
    {
        var before = await Caller.NewReader(portal.Client).GetNumbersAsync(Slug);

        Assert.Equal("counted", (await Caller.NewReader(portal.Client).ViewAsync(Slug)).Became);
        var second = await Caller.NewReader(portal.Client).ViewAsync(Slug);

        Assert.Equal("counted", second.Became);
        Assert.Equal(
            new VisitNumbers(before.Online + 2, before.Today + 2, before.Total + 2, before.Views + 2),
            second.Numbers);
    }

    [Fact]
    public async Task Two_browsers_that_cannot_be_told_apart_but_remember_are_both_counted()
    {
        var reader = Caller.NewReader(portal.Client);

        var first = await reader.ViewAsync(Slug, "?visit=true");
        var second = await reader.ViewAsync(Slug, "?visit=true");

        Assert.Equal(("counted", "counted"), (first.Became, second.Became));
        var before = first.Numbers!;
        Assert.Equal(
            before with { Today = before.Today + 1, Total = before.Total + 1, Views = before.Views + 1 }, second.Numbers);
    }

    [Fact]
    public async Task A_browser_that_remembers_its_visit_adds_a_view_alone()
    {
        var reader = Caller.NewReader(portal.Client);
        var first = await reader.ViewAsync(Slug, "?visit=true");

        var second = await reader.ViewAsync(Slug, "?visit=false");

        Assert.Equal("counted", second.Became);
        Assert.Equal(first.Numbers! with { Views = first.Numbers.Views + 1 }, second.Numbers);
    }

    [Fact]
    public async Task The_picture_and_a_post_share_one_memory()
    {
        var (withoutScript, withoutMemory) = (Caller.NewReader(portal.Client), Caller.NewReader(portal.Client));

        Assert.Equal("counted", (await withoutScript.GetPictureAsync(Slug)).Became);
        Assert.Equal("repeat", (await withoutScript.ViewAsync(Slug)).Became);
        Assert.Equal("repeat", (await withoutScript.GetPictureAsync(Slug)).Became);

        Assert.Equal("counted", (await withoutMemory.ViewAsync(Slug)).Became);
        Assert.Equal("repeat", (await withoutMemory.GetPictureAsync(Slug)).Became);
    }

    [Fact]
    public async Task Headers_of_a_picture_count_nobody()
    {
        var reader = Caller.NewReader(portal.Client);
        var before = await reader.GetNumbersAsync(Slug);

        var answer = await reader.SendAsync(HttpMethod.Head, $"/api/visits/{Slug}.svg");

        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Became));
        Assert.Equal(before, await reader.GetNumbersAsync(Slug));
        Assert.Equal("counted", (await reader.GetPictureAsync(Slug)).Became);
    }

    [Theory]
    [InlineData("curl/8.14.1")]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    public async Task A_machine_is_neither_counted_nor_online(string agent)
    {
        var (reader, machine) = (Caller.NewReader(portal.Client), new Caller(portal.Client, agent));
        var tally = await TallyAsync(DropReason.Bot);
        var before = await reader.GetNumbersAsync(Slug);

        var bare = await machine.ViewAsync(Slug);
        var remembering = await machine.ViewAsync(Slug, "?visit=true");
        var picture = await machine.GetPictureAsync(Slug);

        Assert.All(
            [bare, remembering, picture],
            answer => Assert.Equal((HttpStatusCode.OK, "bot"), (answer.Status, answer.Became)));
        Assert.Equal((before, before), (bare.Numbers, remembering.Numbers));
        Assert.Equal(before, await machine.GetNumbersAsync(Slug));
        Assert.Equal(before, await reader.GetNumbersAsync(Slug));
        Assert.Equal(tally + 3, await TallyAsync(DropReason.Bot));
    }

    [Fact]
    public async Task A_page_loaded_ahead_is_neither_counted_nor_online_and_its_reader_is_when_coming_to_it()
    {
        var machine = new Caller(portal.Client, "curl/8.14.1"); // looks at the numbers without being online
        var agent = TestBrowser.UserAgent + " Edg/153.0.0.0";
        var tally = await TallyAsync(DropReason.Prefetch);
        var before = await machine.GetNumbersAsync(Slug);

        var ahead = await new Caller(portal.Client, agent, ("Sec-Purpose", "prefetch;prerender")).ViewAsync(Slug);
        Assert.Equal((HttpStatusCode.OK, "prefetch"), (ahead.Status, ahead.Became));
        Assert.Equal(before, ahead.Numbers);
        Assert.Equal(before, await machine.GetNumbersAsync(Slug));

        var reader = await new Caller(portal.Client, agent).ViewAsync(Slug);
        Assert.Equal("counted", reader.Became);
        Assert.Equal(before.Online + 1, reader.Numbers!.Online);
        Assert.Equal(tally + 1, await TallyAsync(DropReason.Prefetch));
    }

    [Fact]
    public async Task An_article_that_is_not_there_is_tallied_and_counts_nobody()
    {
        var reader = Caller.NewReader(portal.Client);
        var tally = await TallyAsync(DropReason.Unknown);
        var before = await reader.GetNumbersAsync(Slug);

        var post = await reader.ViewAsync("khong-co-bai-nay", "?visit=true");
        var picture = await reader.GetPictureAsync("khong-co-bai-nay");

        Assert.All(
            [post, picture],
            answer => Assert.Equal((HttpStatusCode.NotFound, "unknown"), (answer.Status, answer.Became)));
        Assert.Equal(before, await reader.GetNumbersAsync(Slug));
        Assert.Equal(tally + 2, await TallyAsync(DropReason.Unknown));
    }

    /// <summary>
    /// The day's tally, exactly: nobody waits for a tally, but batches are committed in order, so when the view of an
    /// article that no test looks at is counted, all that was dropped before it is in storage too.
    /// </summary>
    private async Task<long> TallyAsync(DropReason reason)
    {
        const string Last = "xong-viec";
        await portal.Storage.UploadAsync(Last, TestArticle.Html);
        var reader = new Caller(portal.Client, TestBrowser.UserAgent);
        Assert.Equal("counted", (await reader.ViewAsync(Last, "?visit=false")).Became);
        return await StoredVisits.SumAsync(
            portal.Storage.Visits, VisitTable.DroppedRow(Today, reason), counts => counts.Views);
    }
}
