using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Media.Pictures;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Tests.Media.Pictures;

public sealed class StoredPicturesTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private const int Width = 480;

    private static readonly byte[] Photograph = TestPicture.Photograph(1000, 600);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_reads_pictures_that_another_has_stored()
    {
        var name = NewName();
        using var first = new Instance(storage);
        using var second = new Instance(storage);

        var made = await first.GetAsync(name);
        var read = await second.GetAsync(name);

        Assert.Equal(made!.Content.ToArray(), read!.Content.ToArray());
        Assert.Equal((1, 0), (first.Resized, second.Resized));
    }

    [Fact]
    public async Task Concurrent_instances_may_store_the_same_picture()
    {
        var name = NewName();
        var instances = Enumerable.Range(0, 4).Select(_ => new Instance(storage)).ToList();

        var pictures = await Task.WhenAll(instances.Select(instance => instance.GetAsync(name)));

        var stored = await storage.Pictures.GetBlobClient(name).DownloadContentAsync(Cancellation);
        Assert.All(
            pictures, picture => Assert.Equal(stored.Value.Content.ToArray(), picture!.Content.ToArray()));
        Assert.All(instances, instance => Assert.Empty(instance.Log.Lines));
        instances.ForEach(instance => instance.Dispose());
    }

    [Fact]
    public async Task A_stored_picture_is_not_overwritten()
    {
        var name = NewName();
        using var instance = new Instance(storage);
        await storage.Pictures.UploadBlobAsync(name, BinaryData.FromString("bản trước"), Cancellation);

        await instance.Stored.StoreAsync(name, new(Photograph, PictureType.Jpeg), Cancellation);

        var stored = await storage.Pictures.GetBlobClient(name).DownloadContentAsync(Cancellation);
        Assert.Equal("bản trước", stored.Value.Content.ToString());
        Assert.Empty(instance.Log.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_picture_that_cannot_be_stored_is_sent_anyway(bool hangs)
    {
        using var instance = new Instance(storage) { Transport = { IsDown = !hangs, Hangs = hangs } };

        Assert.NotNull(await instance.GetAsync(NewName()));
        Assert.Contains(instance.Log.Lines, line => line.Contains("cannot be stored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_resized_is_not_stored()
    {
        var name = NewName();
        using var instance = new Instance(storage);

        Assert.Null(await instance.GetAsync(name, TestPicture.Photograph(Width, 300)));
        Assert.Null(await instance.GetAsync(name, [.. "không phải ảnh"u8]));

        Assert.False(await storage.Pictures.GetBlobClient(name).ExistsAsync(Cancellation));
    }

    private static string NewName() =>
        StoredPictures.NameOf("2026/ảnh.jpg", Guid.NewGuid().ToString("N"), Width, PictureType.Jpeg);

    private sealed class Instance : IDisposable
    {
        private readonly FusionCache _cache = new(new FusionCacheOptions());
        private readonly ILoggerFactory _loggers;
        private readonly SmallPictures _pictures;

        public Instance(AzuriteFixture storage)
        {
            _loggers = LoggerFactory.Create(logging => logging.AddProvider(Log));
            var clock = new FakeTimeProvider();
            Transport = new FaultyStorage(clock);
            var options = new BlobClientOptions { Transport = Transport };
            options.Retry.MaxRetries = 0;
            Stored = new StoredPictures(
                new BlobServiceClient(storage.ConnectionString, options),
                clock,
                _loggers.CreateLogger<StoredPictures>());
            _pictures = new SmallPictures(
                Stored, clock, _cache, _loggers.CreateLogger<SmallPictures>());
        }

        public ListLogger Log { get; } = new();

        public FaultyStorage Transport { get; }

        public StoredPictures Stored { get; }

        /// <summary>Number of times that this instance has read an original to resize it.</summary>
        public int Resized { get; private set; }

        public Task<ResizedPicture?> GetAsync(string name, byte[]? original = null) => _pictures.GetAsync(
            name,
            _ =>
            {
                Resized++;
                return Task.FromResult(original ?? Photograph);
            },
            Width,
            PictureType.Jpeg,
            Cancellation);

        public void Dispose()
        {
            _pictures.Dispose();
            _cache.Dispose();
            _loggers.Dispose();
            Log.Dispose();
            Transport.Dispose();
        }
    }

    private sealed class FaultyStorage(FakeTimeProvider clock) : HttpClientTransport
    {
        public bool IsDown { get; set; }

        /// <summary>When true, storage never responds, and each request moves the clock by three seconds.</summary>
        public bool Hangs { get; set; }

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            if (IsDown)
            {
                throw new HttpRequestException("Storage is down in this test.");
            }

            if (Hangs)
            {
                clock.Advance(TimeSpan.FromSeconds(3));
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, message.CancellationToken);
            }

            await base.ProcessAsync(message);
        }
    }
}
