using System.Net;
using System.Net.Http.Headers;
using SkiaSharp;

namespace PhucThuan.Tests.Media.Pictures;

public sealed class SmallPicturesTests(PortalFixture portal) : IClassFixture<PortalFixture>, IAsyncLifetime
{
    private const string Address = "/media/2026/to%C3%A0n%20x%C3%A3.jpg";

    private static readonly byte[] Photograph = TestPicture.Photograph(1700, 1200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await UploadAsync("2026/toàn xã.jpg", Photograph);

    [Fact]
    public async Task Each_width_has_the_headers_of_the_original()
    {
        using var whole = await portal.Client.GetAsync(Address, Cancellation);
        var lengths = new List<int> { Photograph.Length };
        var tags = new List<string> { whole.Headers.ETag!.Tag };
        foreach (var width in new[] { 1600, 960, 720, 640, 480 })
        {
            using var small = await portal.Client.GetAsync($"{Address}?w={width}", Cancellation);

            Assert.Equal(HttpStatusCode.OK, small.StatusCode);
            Assert.Equal("image/jpeg", small.Content.Headers.ContentType!.MediaType);
            Assert.Equal("toàn xã.jpg", small.Content.Headers.ContentDisposition!.FileNameStar);
            Assert.Equal(whole.Content.Headers.LastModified, small.Content.Headers.LastModified);
            foreach (var header in new[]
                {
                    "Cache-Control",
                    "X-Content-Type-Options",
                    "Cross-Origin-Resource-Policy",
                    "Content-Security-Policy",
                })
            {
                Assert.Equal(whole.Headers.GetValues(header), small.Headers.GetValues(header));
            }

            lengths.Add((await small.Content.ReadAsByteArrayAsync(Cancellation)).Length);
            tags.Add(small.Headers.ETag!.Tag);
        }

        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.Equal(6, tags.Distinct().Count());
    }

    [Fact]
    public async Task A_conditional_request_gets_304_and_head_matches_get()
    {
        using var picture = await portal.Client.GetAsync(Address + "?w=480", Cancellation);
        using var sameRequest = new HttpRequestMessage(HttpMethod.Get, Address + "?w=480");
        sameRequest.Headers.IfNoneMatch.Add(picture.Headers.ETag!);
        using var same = await portal.Client.SendAsync(sameRequest, Cancellation);
        using var otherRequest = new HttpRequestMessage(HttpMethod.Get, Address + "?w=960");
        otherRequest.Headers.IfNoneMatch.Add(picture.Headers.ETag!);
        using var other = await portal.Client.SendAsync(otherRequest, Cancellation);
        using var headRequest = new HttpRequestMessage(HttpMethod.Head, Address + "?w=480");
        using var head = await portal.Client.SendAsync(headRequest, Cancellation);
        using var partRequest = new HttpRequestMessage(HttpMethod.Get, Address + "?w=480");
        partRequest.Headers.Range = new RangeHeaderValue(0, 9);
        using var part = await portal.Client.SendAsync(partRequest, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(picture.Headers.ETag, same.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(picture.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(HttpStatusCode.OK, part.StatusCode);
        Assert.Equal(
            picture.Content.Headers.ContentLength, (await part.Content.ReadAsByteArrayAsync(Cancellation)).Length);
    }

    [Fact]
    public async Task Webp_is_another_representation_for_clients_that_name_it()
    {
        const string Chromium = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";
        using var jpeg = await SendAsync(HttpMethod.Get, "*/*");
        using var webP = await SendAsync(HttpMethod.Get, Chromium);
        using var head = await SendAsync(HttpMethod.Head, Chromium);
        using var same = await SendAsync(HttpMethod.Get, Chromium, known: webP.Headers.ETag);
        using var other = await SendAsync(HttpMethod.Get, Chromium, known: jpeg.Headers.ETag);
        using var original = await SendAsync(HttpMethod.Get, Chromium, "/media/2026/to%C3%A0n%20x%C3%A3.jpg");

        Assert.Equal("image/jpeg", jpeg.Content.Headers.ContentType!.MediaType);
        Assert.Equal("image/webp", webP.Content.Headers.ContentType!.MediaType);
        Assert.Equal("toàn xã.webp", webP.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("RIFF"u8.ToArray(), (await webP.Content.ReadAsByteArrayAsync(Cancellation))[..4]);
        Assert.NotEqual(jpeg.Headers.ETag, webP.Headers.ETag);
        Assert.Equal(webP.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal("image/webp", head.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.All([jpeg, webP, head, same, other], answer => Assert.Equal(["Accept"], answer.Headers.Vary));
        Assert.Equal("image/jpeg", original.Content.Headers.ContentType!.MediaType);
        Assert.Empty(original.Headers.Vary);
    }

    [Fact]
    public async Task An_original_sent_instead_has_Vary_too()
    {
        await UploadAsync("nho-hon.jpg", TestPicture.Photograph(300, 200));

        using var answer = await SendAsync(HttpMethod.Get, "image/webp", "/media/nho-hon.jpg?w=480");

        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["Accept"], answer.Headers.Vary);
    }

    [Fact]
    public async Task A_resized_picture_is_stored_once_for_each_width_and_type()
    {
        foreach (var (width, accept) in new[] { (640, "*/*"), (640, "image/webp"), (720, "image/webp") })
        {
            using var answer = await SendAsync(HttpMethod.Get, accept, $"{Address}?w={width}");
            var etag = answer.Headers.ETag!.Tag.Trim('"');
            var stored = portal.Storage.Pictures.GetBlobClient($"2026/toàn xã.jpg/{etag}");

            var content = (await stored.DownloadContentAsync(Cancellation)).Value;
            Assert.Equal(await answer.Content.ReadAsByteArrayAsync(Cancellation), content.Content.ToArray());
            Assert.Equal(answer.Content.Headers.ContentType!.MediaType, content.Details.ContentType);
            Assert.EndsWith($"-{width}{(accept == "*/*" ? ".jpg" : ".webp")}", etag, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_deleted_picture_is_not_served_from_the_stored_ones()
    {
        await UploadAsync("xoa.jpg", Photograph);
        using var before = await portal.Client.GetAsync("/media/xoa.jpg?w=480", Cancellation);
        await portal.Storage.Media.DeleteBlobAsync("xoa.jpg", cancellationToken: Cancellation);

        using var after = await portal.Client.GetAsync("/media/xoa.jpg?w=480", Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (before.StatusCode, after.StatusCode));
    }

    [Theory]
    [InlineData("?w=481")]
    [InlineData("?w=")]
    [InlineData("?w=0480")]
    [InlineData("?w=480&w=960")]
    [InlineData("?w=99999999999")]
    public async Task Another_width_is_refused_with_the_allowed_ones(string query)
    {
        using var response = await portal.Client.GetAsync(Address + query, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Contains(
            "chỉ nhận 480, 640, 720, 960 hoặc 1600",
            await response.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_original_is_sent_when_it_cannot_be_resized()
    {
        var files = new Dictionary<string, byte[]>
        {
            ["hong.jpg"] = Photograph[..^1000],
            ["nho.jpg"] = TestPicture.Photograph(300, 200),
            ["chu.png"] = [.. "không phải ảnh"u8],
            ["rong.webp"] = [],
            ["qua-lon.jpg"] = [.. Photograph, .. new byte[20 * 1024 * 1024]],
            ["don.pdf"] = [.. "%PDF-1.4"u8],
        };
        foreach (var (name, file) in files)
        {
            await UploadAsync(name, file);
            using var whole = await portal.Client.GetAsync("/media/" + name, Cancellation);

            using var response = await portal.Client.GetAsync($"/media/{name}?w=480", Cancellation);

            Assert.Equal((name, HttpStatusCode.OK), (name, response.StatusCode));
            Assert.Equal(whole.Headers.ETag, response.Headers.ETag);
            Assert.Equal(whole.Headers.CacheControl, response.Headers.CacheControl);
            Assert.Equal(file, await response.Content.ReadAsByteArrayAsync(Cancellation));
        }

        using var missing = await portal.Client.GetAsync("/media/khong-co.jpg?w=480", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task A_replaced_picture_is_resized_again_with_its_new_type()
    {
        await UploadAsync("thay.png", TestPicture.Photograph(1700, 1200));
        using var before = await portal.Client.GetAsync("/media/thay.png?w=480", Cancellation);
        await UploadAsync("thay.png", TestPicture.Photograph(1200, 1700));
        using var after = await portal.Client.GetAsync("/media/thay.png?w=480", Cancellation);

        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        var file = await after.Content.ReadAsByteArrayAsync(Cancellation);
        using var picture = SKBitmap.Decode(file);
        Assert.Equal((480, 680), (picture.Width, picture.Height));
        Assert.Equal("thay.jpg", after.Content.Headers.ContentDisposition!.FileNameStar);
    }

    public ValueTask DisposeAsync() => default;

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string accept, string address = Address + "?w=480", EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await portal.Client.SendAsync(request, Cancellation);
    }

    private async Task UploadAsync(string name, byte[] file) =>
        await portal.Storage.Media.GetBlobClient(name)
            .UploadAsync(BinaryData.FromBytes(file), overwrite: true, Cancellation);
}
