using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Health;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Tests.Health;

public sealed class SelfCheckTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IDisposable
{
    private const string HomePage = "<html lang=vi><footer data-visits></footer>";

    private static readonly DateOnly Today = new(2026, 11, 24);

    private readonly FakeTimeProvider _clock = new(VietnamTime.StartOf(Today).AddHours(12));
    private readonly Answers _answers = new()
    {
        ["/"] = (HttpStatusCode.OK, HomePage),
        ["/api/visits"] = (HttpStatusCode.OK, """{"online":1,"today":1,"total":5}"""),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _answers.Dispose();

    [Fact]
    public async Task Page_and_numbers_are_requested_at_the_public_address_as_a_robot()
    {
        await RunAsync();

        Assert.Equal(
            ["https://phucthuan.example.vn/", "https://phucthuan.example.vn/api/visits"],
            _answers.Requests.Select(request => request.Address));
        Assert.All(_answers.Requests, request => Assert.True(RobotDetector.IsRobot(request.UserAgent)));
    }

    [Theory]
    [InlineData("/", 500, "", "The home page is wrong: status 500")]
    [InlineData(
        "/",
        200,
        "<html lang=en>Function host is running",
        "The home page is wrong: status 200, '<html lang=en>")]
    [InlineData("/", 0, "No such host", "HttpRequestException: No such host")]
    [InlineData("/api/visits", 503, "", "The visit numbers are wrong: status 503")]
    [InlineData("/api/visits", 200, "<html>", "JsonException: ")]
    [InlineData("/api/visits", 200, "null", "The visit numbers are wrong: status 200, 'null'")]
    public async Task A_wrong_response_fails_the_run_and_is_described(
        string path, int status, string body, string fault)
    {
        _answers[path] = ((HttpStatusCode)status, body);

        Assert.StartsWith(
            fault, (await Assert.ThrowsAsync<SelfCheckException>(() => RunAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_is_named()
    {
        _answers["/"] = (HttpStatusCode.NotFound, "");
        _answers["/api/visits"] = (HttpStatusCode.InternalServerError, "");

        var failure = await Assert.ThrowsAsync<SelfCheckException>(() => RunAsync());

        Assert.Contains("status 404", failure.Message, StringComparison.Ordinal);
        Assert.Contains("status 500", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_days_without_a_visit_are_a_fault_one_is_not()
    {
        _answers["/api/visits"] = (HttpStatusCode.OK, """{"online":0,"today":0,"total":5}""");

        var failure = await Assert.ThrowsAsync<SelfCheckException>(() => RunAsync());
        Assert.Equal("No visit has been counted since 2026-11-23.", failure.Message);

        var partition = VisitTable.PartitionKey(0);
        await storage.Visits.AddEntityAsync(
            new TableEntity(partition, VisitTable.DayRow(Today.AddDays(-1))) { ["Visits"] = 1L, ["Views"] = 1L },
            Cancellation);
        await storage.Visits.AddEntityAsync(
            new TableEntity(partition, VisitTable.FenceRow) { ["Writers"] = "0123456789abcdef:1:1764000000" },
            Cancellation);
        await RunAsync();
    }

    [Fact]
    public async Task Nothing_is_requested_while_the_check_is_disabled()
    {
        await RunAsync(isEnabled: false);

        Assert.Empty(_answers.Requests);
    }

    private async Task RunAsync(bool isEnabled = true)
    {
        using var http = new HttpClient(_answers, disposeHandler: false);
        var site = Options.Create(new SiteOptions { Address = new Uri("https://phucthuan.example.vn") });
        var tables = new TableServiceClient(storage.ConnectionString);
        var (known, registry) = (
            new KnownCounts(),
            new PartitionRegistry(tables, TestMetrics.None, _clock, NullLogger<PartitionRegistry>.Instance));
        var reader = new VisitReader(
            tables, new PartitionWatch(tables, registry, known, _clock), known, TestMetrics.None, _clock,
            NullLogger<VisitReader>.Instance);
        await new SelfCheck(
                http,
                new SiteAddress(site, new ConfigurationBuilder().Build(), null!),
                reader,
                _clock,
                Options.Create(new SelfCheckOptions { Enabled = isEnabled }))
            .RunAsync(Cancellation);
    }

    /// <summary>Stub of the portal: a response for each path; status 0 simulates a failed connection.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        private readonly Dictionary<string, (HttpStatusCode Status, string Body)> _byPath = [];

        public List<(string Address, string UserAgent)> Requests { get; } = [];

        public (HttpStatusCode Status, string Body) this[string path]
        {
            set => _byPath[path] = value;
        }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            Requests.Add((request.RequestUri!.AbsoluteUri, request.Headers.UserAgent.ToString()));
            var (status, body) = _byPath[request.RequestUri.AbsolutePath];
            return status == 0
                ? Task.FromException<HttpResponseMessage>(new HttpRequestException(body))
                : Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
        }
    }
}
