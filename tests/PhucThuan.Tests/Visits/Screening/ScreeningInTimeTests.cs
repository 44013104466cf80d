using System.Globalization;
using System.Net;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Screening;

/// <summary>Screening steps that depend on the clock, or on the address in a proxy's header.</summary>
public sealed class ScreeningInTimeTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private const int AddressRate = 3;

    private static readonly DateOnly Today = new(2026, 11, 24);

    // Noon: in the hour that the tests simulate, there is neither midnight nor a nightly timer.
    private readonly FakeTimeProvider _clock = new(VietnamTime.StartOf(Today).AddHours(12));
    private readonly CountingTransport _transport = new();
    private PortalHost? _host;
    private HttpClient? _client;

    /// <summary>Number of reads of guessed addresses; reads of the article, by the catalogue, are excluded.</summary>
    private int GuessesRead =>
        _transport.ArticlesRead.Count(name => name.StartsWith("doan-", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        await storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        await StoredVisits.ClearAsync(storage.Visits);
        _host = new PortalHost(
            storage.ConnectionString,
            services => services.AddSingleton<TimeProvider>(_clock)
                .ConfigureAll<BlobClientOptions>(options => options.Transport = _transport),
            new()
            {
                ["ReaderAddress:Header"] = "CLIENT-IP",
                ["Visits:AddressRate"] = AddressRate.ToString(CultureInfo.InvariantCulture),
            });
        _client = _host.CreateClient();
    }

    [Fact]
    public async Task A_repeat_is_counted_again_after_thirty_minutes()
    {
        var reader = Caller.NewReader(_client!);
        await ExpectAsync("counted", visits: 1, views: 1, reader.ViewAsync(TestArticle.Slug));

        _clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        await ExpectAsync("repeat", visits: 1, views: 1, reader.ViewAsync(TestArticle.Slug));

        // The repeat prolonged the visit, so this is a view and no new visit.
        await TalliedAsync(DropReason.Repeat, 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await ExpectAsync("counted", visits: 1, views: 2, reader.ViewAsync(TestArticle.Slug));

        _clock.Advance(TimeSpan.FromMinutes(30));
        await ExpectAsync("counted", visits: 2, views: 3, reader.ViewAsync(TestArticle.Slug));
    }

    [Fact]
    public async Task An_address_over_its_rate_is_limited_until_the_next_minute()
    {
        var crowd = Enumerable.Range(0, 5)
            .Select(_ => Caller.NewReader(_client!, ("CLIENT-IP", "203.0.113.7"))).ToList();
        for (var reader = 0; reader < AddressRate; reader++)
        {
            var view = crowd[reader].ViewAsync(TestArticle.Slug);
            await ExpectAsync("counted", visits: reader + 1, views: reader + 1, view);
        }

        await ExpectAsync("limited", visits: 3, views: 3, crowd[3].ViewAsync(TestArticle.Slug));
        await ExpectAsync("limited", visits: 3, views: 3, crowd[3].ViewAsync(TestArticle.Slug, "?visit=true"));
        await ExpectAsync("limited", visits: 3, views: 3, crowd[3].GetPictureAsync(TestArticle.Slug));
        await TalliedAsync(DropReason.Limited, 3);

        var elsewhere = Caller.NewReader(_client!, ("CLIENT-IP", "203.0.113.8"));
        await ExpectAsync("counted", visits: 4, views: 4, elsewhere.ViewAsync(TestArticle.Slug));

        // A limited view is not remembered: now it is a first view, not a repeat.
        _clock.Advance(TimeSpan.FromMinutes(1));
        await ExpectAsync("counted", visits: 5, views: 5, crowd[3].ViewAsync(TestArticle.Slug));
    }

    [Fact]
    public async Task Random_addresses_over_the_rate_cost_no_storage_operation_each()
    {
        var guesser = Caller.NewReader(_client!, ("CLIENT-IP", "203.0.113.9"));
        for (var guess = 0; guess < AddressRate; guess++)
        {
            var answer = await guesser.ViewAsync($"doan-{guess}", "?visit=true");
            Assert.Equal((HttpStatusCode.NotFound, "unknown"), (answer.Status, answer.Outcome));
        }

        var reads = GuessesRead;
        Assert.Equal(AddressRate, reads);
        for (var guess = AddressRate; guess < 3 * AddressRate; guess++)
        {
            var post = await guesser.ViewAsync($"doan-{guess}", "?visit=true");
            var picture = await guesser.GetPictureAsync($"doan-{guess}");
            Assert.All(
                [post, picture],
                answer => Assert.Equal((HttpStatusCode.NotFound, "limited"), (answer.Status, answer.Outcome)));
        }

        Assert.Equal(reads, GuessesRead);
    }

    [Theory]
    [InlineData("bot", "User-Agent", "curl/8.14.1")]
    [InlineData("foreign", "Sec-Fetch-Site", "cross-site")]
    [InlineData("prefetch", "Sec-Purpose", "prefetch")]
    public async Task Random_addresses_in_dropped_views_cost_no_storage_operation_each(
        string outcome, string header, string value)
    {
        var machine = header == "User-Agent"
            ? new Caller(_client!, value)
            : Caller.NewReader(_client!, (header, value));
        var reads = GuessesRead;

        for (var guess = 0; guess < 3; guess++)
        {
            var answer = await machine.ViewAsync($"doan-{guess}-{outcome}", "?visit=true");
            Assert.Equal((HttpStatusCode.NotFound, outcome), (answer.Status, answer.Outcome));
        }

        Assert.Equal(reads, GuessesRead);
    }

    [Fact]
    public async Task Robots_do_not_use_up_the_rate_of_readers_at_their_address()
    {
        var machine = new Caller(_client!, "curl/8.14.1", ("CLIENT-IP", "203.0.113.7"));
        for (var view = 0; view <= AddressRate; view++)
        {
            await ExpectAsync("bot", visits: 0, views: 0, machine.ViewAsync(TestArticle.Slug));
        }

        var reader = Caller.NewReader(_client!, ("CLIENT-IP", "203.0.113.7"));
        await ExpectAsync("counted", visits: 1, views: 1, reader.ViewAsync(TestArticle.Slug));
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _host!.DisposeAsync();
        _transport.Dispose();
    }

    private static async Task ExpectAsync(string outcome, long visits, long views, Task<VisitResponse> asked)
    {
        var answer = await asked;
        Assert.Equal((HttpStatusCode.OK, outcome), (answer.Status, answer.Outcome));
        if (answer.Numbers is { } numbers)
        {
            Assert.Equal((visits, visits, views), (numbers.Total, numbers.Today, numbers.Views!.Value));
        }
    }

    /// <summary>
    /// Waits until the tally is stored. Also called before the clock is moved, because a pending commit would time out.
    /// </summary>
    private Task TalliedAsync(DropReason reason, long views) => Eventually.AssertAsync(async () => Assert.Equal(
        views,
        await StoredVisits.SumAsync(storage.Visits, VisitTable.DroppedRow(Today, reason), counts => counts.Views)));
}
