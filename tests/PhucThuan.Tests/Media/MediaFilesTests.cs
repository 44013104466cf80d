using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PhucThuan.Tests.Media;

public sealed class MediaFilesTests(PortalFixture portal) : IClassFixture<PortalFixture>, IAsyncLifetime
{
    private static readonly byte[] Picture = [.. Enumerable.Range(0, 100_000).Select(number => (byte)number)];

    /// <summary>A name in NFD, as on macOS.</summary>
    private static readonly string Decomposed = "lễ hội.png".Normalize(NormalizationForm.FormD);

    /// <summary>A name with Icelandic Ð instead of Đ, as on old computers.</summary>
    private const string Old = "\u00D0ường đi.jpg";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in new[]
            {
                "anh.jpg",
                "am.mp3",
                "phim.mp4",
                "2026/ảnh tết.png",
                "trang.html",
                "hinh.svg",
                "khong-duoi",
                "mẫu đơn.docx",
                "bao-cao.pdf",
                Decomposed,
                Old,
            })
        {
            await portal.Storage.Media.GetBlobClient(name)
                .UploadAsync(BinaryData.FromBytes(Picture), overwrite: true, Cancellation);
        }
    }

    [Theory]
    [InlineData("/media/anh.jpg", "image/jpeg")]
    [InlineData("/media/2026/%E1%BA%A3nh%20t%E1%BA%BFt.png", "image/png")]
    [InlineData("/media/2026/a%CC%89nh%20te%CC%82%CC%81t.png", "image/png")]
    [InlineData("/media/l%E1%BB%85%20h%E1%BB%99i.png", "image/png")]
    [InlineData("/media/%C4%90%C6%B0%E1%BB%9Dng%20%C4%91i.jpg", "image/jpeg")] // Đường đi.jpg
    [InlineData("/media/%C3%90%C6%B0%E1%BB%9Dng%20%C4%91i.jpg", "image/jpeg")]
    public async Task A_picture_has_the_content_type_of_its_extension(string address, string type)
    {
        using var response = await portal.Client.GetAsync(address, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Picture, await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/media/anh.jpg")]
    [InlineData("/media/am.mp3")]
    [InlineData("/media/phim.mp4")]
    public async Task Range_and_conditional_requests_are_supported(string address)
    {
        using var whole = await portal.Client.GetAsync(address, Cancellation);
        using var partRequest = new HttpRequestMessage(HttpMethod.Get, address);
        partRequest.Headers.Range = new RangeHeaderValue(10, 19);
        using var part = await portal.Client.SendAsync(partRequest, Cancellation);
        using var sameRequest = new HttpRequestMessage(HttpMethod.Get, address);
        sameRequest.Headers.IfNoneMatch.Add(whole.Headers.ETag!);
        using var same = await portal.Client.SendAsync(sameRequest, Cancellation);

        Assert.Equal(["bytes"], whole.Headers.AcceptRanges);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(10, 19, Picture.Length), part.Content.Headers.ContentRange);
        Assert.Equal(Picture[10..20], await part.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Theory]
    [InlineData("/media/anh.jpg", true, HttpStatusCode.PartialContent)]
    [InlineData("/media/anh.jpg", false, HttpStatusCode.OK)]
    [InlineData("/media/am.mp3", true, HttpStatusCode.PartialContent)]
    [InlineData("/media/am.mp3", false, HttpStatusCode.OK)]
    [InlineData("/media/phim.mp4", true, HttpStatusCode.PartialContent)]
    [InlineData("/media/phim.mp4", false, HttpStatusCode.OK)]
    public async Task A_download_resumes_only_with_the_same_version(string address, bool isSame, HttpStatusCode status)
    {
        using var whole = await portal.Client.GetAsync(address, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(10, 19);
        request.Headers.IfRange =
            new RangeConditionHeaderValue(isSame ? whole.Headers.ETag! : new EntityTagHeaderValue("\"other\""));

        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Head_ignores_a_range()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/media/phim.mp4");
        request.Headers.Range = new RangeHeaderValue(10, 19);

        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Picture.Length, response.Content.Headers.ContentLength);
        Assert.Equal(["bytes"], response.Headers.AcceptRanges);
    }

    [Fact]
    public async Task An_error_is_not_cached_and_has_no_file_headers()
    {
        using var beyondRequest = new HttpRequestMessage(HttpMethod.Get, "/media/anh.jpg");
        beyondRequest.Headers.Range = new RangeHeaderValue(Picture.Length, null);
        using var beyond = await portal.Client.SendAsync(beyondRequest, Cancellation);
        using var otherRequest = new HttpRequestMessage(HttpMethod.Get, "/media/anh.jpg");
        otherRequest.Headers.IfMatch.Add(new EntityTagHeaderValue("\"other\""));
        using var other = await portal.Client.SendAsync(otherRequest, Cancellation);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(Picture.Length, beyond.Content.Headers.ContentRange!.Length);
        Assert.Equal(HttpStatusCode.PreconditionFailed, other.StatusCode);
        foreach (var refusal in new[] { beyond, other })
        {
            Assert.Equal("no-store", refusal.Headers.CacheControl!.ToString());
            Assert.Null(refusal.Content.Headers.ContentDisposition);
        }
    }

    [Theory]
    [InlineData("/media/anh.jpg", "inline", "anh.jpg")]
    [InlineData("/media/bao-cao.pdf", "inline", "bao-cao.pdf")]
    [InlineData("/media/m%E1%BA%ABu%20%C4%91%C6%A1n.docx", "attachment", "mẫu đơn.docx")]
    public async Task Documents_are_attachments_and_pictures_are_inline(string address, string disposition, string name)
    {
        using var response = await portal.Client.GetAsync(address, Cancellation);

        var header = response.Content.Headers.ContentDisposition!;
        Assert.Equal(disposition, header.DispositionType);
        Assert.Equal(name, header.FileNameStar);
        Assert.True(response.Headers.CacheControl!.MaxAge >= TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData("/media/trang.html")]
    [InlineData("/media/hinh.svg")]
    [InlineData("/media/khong-duoi")]
    [InlineData("/media/khong-co.jpg")]
    [InlineData("/media/")]
    [InlineData("/media")]
    [InlineData("/media/%2e%2e/articles/" + TestArticle.Slug + ".html")]
    [InlineData("/media/..%2farticles%2fx.jpg")]
    [InlineData("/media/a%5cb.jpg")]
    [InlineData("/media//anh.jpg")]
    public async Task Other_files_are_not_found(string address) =>
        Assert.Equal(
            HttpStatusCode.NotFound, await RawHttp.GetStatusAsync(portal.Client.BaseAddress!, address, Cancellation));

    public ValueTask DisposeAsync() => default;
}
