using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Screening;

/// <summary>The outcome of a view in the response, in the numbers and in the tally of the day.</summary>
public sealed class ScreeningTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Slug = TestArticle.Slug;
    private const string OtherSlug = "bai-khac";

    private static DateOnly Today => VietnamTime.DayOf(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_first_view_is_counted_and_a_second_is_a_repeat()
    {
        var reader = Caller.NewReader(portal.Client);
        var tally = await TallyAsync(DropReason.Repeat);
        var before = await reader.GetNumbersAsync(Slug);

        var first = await reader.ViewAsync(Slug);
        var second = await reader.ViewAsync(Slug);

        Assert.Equal((HttpStatusCode.OK, "counted"), (first.Status, first.Outcome));
        Assert.Equal(
            before with { Today = before.Today + 1, Total = before.Total + 1, Views = before.Views + 1 },
            first.Numbers);
        Assert.Equal((HttpStatusCode.OK, "repeat"), (second.Status, second.Outcome));
        Assert.Equal(first.Numbers, second.Numbers);
        Assert.Equal(tally + 1, await TallyAsync(DropReason.Repeat));
    }

    [Fact]
    public async Task A_second_article_is_a_view_of_the_same_visit()
    {
        await portal.Storage.UploadAsync(OtherSlug, TestArticle.Html);
        var reader = Caller.NewReader(portal.Client);
        var before = await reader.GetNumbersAsync(OtherSlug);

        var first = await reader.ViewAsync(Slug);
        var second = await reader.ViewAsync(OtherSlug);

        Assert.Equal("counted", second.Outcome);
        Assert.Equal((first.Numbers!.Total, first.Numbers.Today), (second.Numbers!.Total, second.Numbers.Today));
        Assert.Equal(before.Views + 1, second.Numbers.Views);
    }

    [Fact]
    public async Task Two_user_agents_at_one_address_are_two_visitors()
    {
        var before = await Caller.NewReader(portal.Client).GetNumbersAsync(Slug);

        Assert.Equal("counted", (await Caller.NewReader(portal.Client).ViewAsync(Slug)).Outcome);
        var second = await Caller.NewReader(portal.Client).ViewAsync(Slug);

        Assert.Equal("counted", second.Outcome);
        Assert.Equal(
            new VisitNumbers(before.Online + 2, before.Today + 2, before.Total + 2, before.Views + 2),
            second.Numbers);
    }

    [Fact]
    public async Task Two_browsers_with_one_address_and_user_agent_are_both_counted_when_they_send_visit()
    {
        var reader = Caller.NewReader(portal.Client);

        var first = await reader.ViewAsync(Slug, "?visit=true");
        var second = await reader.ViewAsync(Slug, "?visit=true");

        Assert.Equal(("counted", "counted"), (first.Outcome, second.Outcome));
        var before = first.Numbers!;
        Assert.Equal(
            before with { Today = before.Today + 1, Total = before.Total + 1, Views = before.Views + 1 },
            second.Numbers);
    }

    [Fact]
    public async Task A_view_of_a_running_visit_adds_no_visit()
    {
        var reader = Caller.NewReader(portal.Client);
        var first = await reader.ViewAsync(Slug, "?visit=true");

        var second = await reader.ViewAsync(Slug, "?visit=false");

        Assert.Equal("counted", second.Outcome);
        Assert.Equal(first.Numbers! with { Views = first.Numbers.Views + 1 }, second.Numbers);
    }

    [Fact]
    public async Task Picture_and_post_share_the_memory_of_recent_visitors()
    {
        var (withoutScript, withoutMemory) = (Caller.NewReader(portal.Client), Caller.NewReader(portal.Client));

        Assert.Equal("counted", (await withoutScript.GetPictureAsync(Slug)).Outcome);
        Assert.Equal("repeat", (await withoutScript.ViewAsync(Slug)).Outcome);
        Assert.Equal("repeat", (await withoutScript.GetPictureAsync(Slug)).Outcome);

        Assert.Equal("counted", (await withoutMemory.ViewAsync(Slug)).Outcome);
        Assert.Equal("repeat", (await withoutMemory.GetPictureAsync(Slug)).Outcome);
    }

    [Fact]
    public async Task Head_of_a_picture_counts_nothing()
    {
        var reader = Caller.NewReader(portal.Client);
        var before = await reader.GetNumbersAsync(Slug);

        var answer = await reader.SendAsync(HttpMethod.Head, $"/api/visits/{Slug}.svg");

        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Outcome));
        Assert.Equal(before, await reader.GetNumbersAsync(Slug));
        Assert.Equal("counted", (await reader.GetPictureAsync(Slug)).Outcome);
    }

    [Theory]
    [InlineData("curl/8.14.1")]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    public async Task A_robot_is_neither_counted_nor_online(string agent)
    {
        var (reader, machine) = (Caller.NewReader(portal.Client), new Caller(portal.Client, agent));
        var tally = await TallyAsync(DropReason.Bot);
        var before = await reader.GetNumbersAsync(Slug);

        var bare = await machine.ViewAsync(Slug);
        var remembering = await machine.ViewAsync(Slug, "?visit=true");
        var picture = await machine.GetPictureAsync(Slug);

        Assert.All(
            [bare, remembering, picture],
            answer => Assert.Equal((HttpStatusCode.OK, "bot"), (answer.Status, answer.Outcome)));
        Assert.Equal((before, before), (bare.Numbers, remembering.Numbers));
        Assert.Equal(before, await machine.GetNumbersAsync(Slug));
        Assert.Equal(before, await reader.GetNumbersAsync(Slug));
        Assert.Equal(tally + 3, await TallyAsync(DropReason.Bot));
    }

    [Fact]
    public async Task A_prefetched_page_is_neither_counted_nor_online_until_its_reader_opens_it()
    {
        var machine = new Caller(portal.Client, "curl/8.14.1"); // reads the numbers without being online
        var agent = TestBrowser.UserAgent + " Edg/153.0.0.0";
        var tally = await TallyAsync(DropReason.Prefetch);
        var before = await machine.GetNumbersAsync(Slug);

        var ahead = await new Caller(portal.Client, agent, ("Sec-Purpose", "prefetch;prerender")).ViewAsync(Slug);
        Assert.Equal((HttpStatusCode.OK, "prefetch"), (ahead.Status, ahead.Outcome));
        Assert.Equal(before, ahead.Numbers);
        Assert.Equal(before, await machine.GetNumbersAsync(Slug));

        var reader = await new Caller(portal.Client, agent).ViewAsync(Slug);
        Assert.Equal("counted", reader.Outcome);
        Assert.Equal(before.Online + 1, reader.Numbers!.Online);
        Assert.Equal(tally + 1, await TallyAsync(DropReason.Prefetch));
    }

    [Fact]
    public async Task A_view_of_a_missing_article_is_tallied_and_not_counted()
    {
        var reader = Caller.NewReader(portal.Client);
        var tally = await TallyAsync(DropReason.Unknown);
        var before = await reader.GetNumbersAsync(Slug);

        var post = await reader.ViewAsync("khong-co-bai-nay", "?visit=true");
        var picture = await reader.GetPictureAsync("khong-co-bai-nay");

        Assert.All(
            [post, picture],
            answer => Assert.Equal((HttpStatusCode.NotFound, "unknown"), (answer.Status, answer.Outcome)));
        Assert.Equal(before, await reader.GetNumbersAsync(Slug));
        Assert.Equal(tally + 2, await TallyAsync(DropReason.Unknown));
    }

    [Fact]
    public void Headers_and_memory_are_checked_before_storage() => Assert.Equal(
        ["method", "foreign", "prefetch", "bot", "limited", "unknown", "repeat"],
        portal.Host.Services.GetRequiredService<ViewScreening>().Steps.Select(step => step.Name));

    [Theory]
    [InlineData("?view=ngan")]
    [InlineData("?view=")]
    [InlineData("?view=0123456789abcdef0123456789abcdef0")]
    [InlineData("?view=0123456789abcde%2B")]
    [InlineData("?view=0123456789abcdef%0A")]
    [InlineData("?view=0123456789abcdef&view=0123456789abcdef")]
    [InlineData("?visit=yes")]
    [InlineData("?webdriver=1")]
    public async Task A_malformed_parameter_is_refused(string query)
    {
        var reader = Caller.NewReader(portal.Client);
        var before = await reader.GetNumbersAsync(Slug);

        var answer = await reader.ViewAsync(Slug, query);

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.Status, answer.Outcome));
        Assert.Equal(before, await reader.GetNumbersAsync(Slug));
    }

    [Theory]
    [InlineData("?view=0123456789abcdef")]
    [InlineData("?view=A-Za-z_0-9_abcdefghijklmnopqrstu&visit=true")]
    [InlineData("?webdriver=false")]
    public async Task A_well_formed_parameter_is_accepted(string query) =>
        Assert.Equal("counted", (await Caller.NewReader(portal.Client).ViewAsync(Slug, query)).Outcome);

    /// <summary>
    /// The exact tally of the day. A response does not wait for its tally, but batches are committed in order.
    /// Therefore this counts a view of an article that no test examines: all earlier drops are then stored too.
    /// </summary>
    private async Task<long> TallyAsync(DropReason reason)
    {
        const string Last = "xong-viec";
        await portal.Storage.UploadAsync(Last, TestArticle.Html);
        var reader = new Caller(portal.Client, TestBrowser.UserAgent);
        Assert.Equal("counted", (await reader.ViewAsync(Last, "?visit=false")).Outcome);
        return await StoredVisits.SumAsync(
            portal.Storage.Visits, VisitTable.DroppedRow(Today, reason), counts => counts.Views);
    }
}
