using System.Net;
using System.Net.Http.Headers;
using Azure.Storage.Blobs.Models;

namespace PhucThuan.Tests.Media;

/// <summary>Big files through a portal that redirects from 1 MiB on.</summary>
public sealed class BigFilesTests(PortalFixture portal) : IClassFixture<PortalFixture>, IAsyncLifetime
{
    private const string Address = "/media/2026/b%C3%A1o%20c%C3%A1o.pdf";

    private static readonly byte[] Report = [.. Enumerable.Range(0, 1024 * 1024).Select(number => (byte)(number * 7))];

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in new[] { "2026/báo cáo.pdf", "khac.pdf", "anh.jpg", "bai.mp3" })
        {
            // Simulates an upload tool that guessed the wrong content type.
            await portal.Storage.Media.GetBlobClient(name).UploadAsync(
                BinaryData.FromBytes(Report),
                new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/html" } },
                Cancellation);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_big_document_is_read_from_storage_with_the_headers_of_the_portal(string method)
    {
        using var redirect = await SendAsync(new(method), Address, "navigate");
        using var file = await SendAsync(new(method), redirect.Headers.Location!.OriginalString);

        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        Assert.True(redirect.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("application/pdf", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("inline", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("báo cáo.pdf", file.Content.Headers.ContentDisposition.FileNameStar);
        Assert.True(file.Headers.CacheControl!.Private);
        Assert.Equal(Report.Length, file.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task The_link_permits_reading_this_file_only()
    {
        using var redirect = await SendAsync(HttpMethod.Get, Address, "navigate");
        var link = redirect.Headers.Location!;
        using var file = await SendAsync(HttpMethod.Get, link.OriginalString);
        using var other = await SendAsync(
            HttpMethod.Get,
            new UriBuilder(link)
            {
                Path = link.AbsolutePath.Replace("2026/b%C3%A1o%20c%C3%A1o", "khac", StringComparison.Ordinal),
            }
                .Uri
                .AbsoluteUri);
        using var deletion = await SendAsync(HttpMethod.Delete, link.OriginalString);
        using var list = await SendAsync(HttpMethod.Get, $"{portal.Storage.Media.Uri}?restype=container&comp=list");
        using var unsigned = await SendAsync(HttpMethod.Get, link.GetLeftPart(UriPartial.Path));

        Assert.Equal(Report, await file.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.All([other, deletion, list, unsigned], answer => Assert.InRange((int)answer.StatusCode, 401, 409));
        Assert.True(await portal.Storage.Media.GetBlobClient("2026/báo cáo.pdf").ExistsAsync(Cancellation));
    }

    [Theory]
    [InlineData("/media/anh.jpg", null)]
    [InlineData("/media/anh.jpg", "no-cors")]
    [InlineData("/media/anh.jpg?w=480", "no-cors")]
    [InlineData("/media/bai.mp3", "no-cors")]
    [InlineData(Address, "cors")]
    public async Task Files_that_a_page_embeds_are_served_by_the_portal(string address, string? mode)
    {
        using var answer = await SendAsync(HttpMethod.Get, address, mode);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Report, await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_aborted_download_continues()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(portal.Client.BaseAddress!, "/media/bai.mp3"));
        request.Headers.Range = new RangeHeaderValue(1_000_000, null);

        using var rest = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(Report[1_000_000..], await rest.Content.ReadAsByteArrayAsync(Cancellation));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string? mode = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(portal.Client.BaseAddress!, address));
        if (mode is not null)
        {
            request.Headers.Add("Sec-Fetch-Mode", mode);
        }

        return await _client.SendAsync(request, Cancellation);
    }
}
