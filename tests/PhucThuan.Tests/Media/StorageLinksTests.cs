using System.Net;
using System.Web;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Media;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Tests.Media;

/// <summary>Signing of links as in Azure, with a stub of storage; <c>BigFilesTests</c> covers the rest.</summary>
[Fast]
public sealed class StorageLinksTests : IDisposable
{
    private const string Disposition = "attachment; filename*=UTF-8''bi%E1%BB%83u%20m%E1%BA%ABu.zip";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 9, 40, 0, TimeSpan.Zero));
    private readonly FusionCache _cache = new(new FusionCacheOptions());
    private readonly ListLogger _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly KeyService _service = new();
    private readonly BlobServiceClient _blobs;

    public StorageLinksTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        var options = new BlobClientOptions { Transport = new HttpClientTransport(_service) };
        options.Retry.MaxRetries = 0;
        _blobs = new BlobServiceClient(new Uri("https://phucthuan.blob.core.windows.net"), new Identity(), options);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_is_signed_with_a_user_delegation_key_and_permits_reading_one_blob()
    {
        var link = (await FindAsync(Links(), "2026/biểu mẫu.zip"))!;

        Assert.Equal("/media/2026/biểu mẫu.zip", Uri.UnescapeDataString(link.AbsolutePath));
        var signed = HttpUtility.ParseQueryString(link.Query);
        Assert.Equal(("r", "b", "https"), (signed["sp"], signed["sr"], signed["spr"]));
        Assert.Equal(KeyService.ObjectId, signed["skoid"]);
        Assert.Equal("2026-11-24T11:00:00Z", signed["se"]);
        Assert.Equal(("application/zip", Disposition), (signed["rsct"], signed["rscd"]));
    }

    [Fact]
    public async Task A_link_stays_equal_until_the_hour_ends_and_the_key_is_requested_once()
    {
        var links = Links();
        var first = await FindAsync(links, "a.zip");
        _clock.Advance(TimeSpan.FromMinutes(19));
        var same = await FindAsync(links, "a.zip");
        _clock.Advance(TimeSpan.FromMinutes(2));
        var next = await FindAsync(links, "a.zip");

        Assert.Equal(first, same);
        Assert.NotEqual(first, next);
        Assert.Equal(1, _service.Requests);
    }

    [Fact]
    public async Task Without_a_key_there_is_no_link_and_the_failure_is_cached()
    {
        _service.Status = HttpStatusCode.Forbidden;
        var links = Links();

        Assert.Null(await FindAsync(links, "a.zip"));
        Assert.Null(await FindAsync(links, "b.zip"));
        Assert.Equal(1, _service.Requests);
        Assert.Single(_log.Lines, line => line.Contains("no key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/pdf", null, true)]
    [InlineData("application/zip", "navigate", true)]
    [InlineData("application/zip", "Navigate", true)]
    [InlineData("image/jpeg", "navigate", true)]
    [InlineData("video/mp4", "navigate", true)]
    [InlineData("application/pdf", "no-cors", false)]
    [InlineData("application/pdf", "cors", false)]
    [InlineData("image/jpeg", "no-cors", false)]
    [InlineData("audio/mpeg", "no-cors", false)]
    [InlineData("image/jpeg", null, false)]
    [InlineData("audio/mpeg", null, false)]
    [InlineData("video/mp4", "", false)]
    public void Files_that_a_page_embeds_are_not_linked(string type, string? mode, bool isLinked)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Sec-Fetch-Mode"] = mode;

        Assert.Equal(isLinked, Links().AreFor(request, type, 1024 * 1024));
        Assert.False(Links().AreFor(request, type, (1024 * 1024) - 1));
        Assert.False(Links(megabytes: 0).AreFor(request, type, long.MaxValue));
    }

    public void Dispose()
    {
        _cache.Dispose();
        _loggers.Dispose();
        _log.Dispose();
        _service.Dispose();
    }

    private StorageLinks Links(int megabytes = 1) => new(
        _blobs, Options.Create(new MediaOptions { RedirectMegabytes = megabytes }), _cache, _clock,
        _loggers.CreateLogger<StorageLinks>());

    private Task<Uri?> FindAsync(StorageLinks links, string name) => links.FindAsync(
        _blobs.GetBlobContainerClient(MediaFiles.ContainerName).GetBlobClient(name), "application/zip", Disposition,
        Cancellation);

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Stub of "Get User Delegation Key" (REST API of Blob storage).</summary>
    private sealed class KeyService : HttpMessageHandler
    {
        public const string ObjectId = "11111111-2222-3333-4444-555555555555";

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            Assert.Equal("?restype=service&comp=userdelegationkey", request.RequestUri!.Query);
            return Task.FromResult(new HttpResponseMessage(Status)
            {
                Content = new StringContent($"""
                    <?xml version="1.0" encoding="utf-8"?>
                    <UserDelegationKey>
                      <SignedOid>{ObjectId}</SignedOid><SignedTid>{ObjectId}</SignedTid>
                      <SignedStart>2026-11-24T09:25:00Z</SignedStart><SignedExpiry>2026-11-25T09:40:00Z</SignedExpiry>
                      <SignedService>b</SignedService><SignedVersion>2025-11-05</SignedVersion>
                      <Value>{Convert.ToBase64String(new byte[32])}</Value>
                    </UserDelegationKey>
                    """),
            });
        }
    }
}
