using AngleSharp.Html.Parser;

namespace PhucThuan.Tests.Layout;

/// <summary>Limits a page of text to the initial congestion window: ten segments of 1,460 bytes (RFC 6928).</summary>
public sealed class PageWeightTests(BrowserFixture browser)
{
    private const int FirstFlight = 14_600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lich-tiem-chung-cho-tre-quy-iv-nam-2026")]
    [InlineData("tam-ngung-cap-nuoc-ngay-21-11-2026")]
    [InlineData("thu-tuc-dang-ky-khai-sinh-cho-tre")]
    public async Task An_article_with_style_sheets_and_scripts_fits_the_initial_window(string slug)
    {
        var address = "/bai-viet/" + slug;
        var page = await new HtmlParser().ParseDocumentAsync(
            await browser.Client.GetStringAsync(address, Cancellation),
            Cancellation);
        Assert.Empty(page.QuerySelectorAll("article img"));
        var files = page.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")!)
            .Concat(page.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src")!)).ToList();
        Assert.True(files.Count >= 2, "No style sheet, or no script.");

        var bodies = 0;
        var headers = 0;
        foreach (var file in files.Prepend(address))
        {
            var (body, header) = await MeasureAsync(file);
            TestContext.Current.TestOutputHelper!.WriteLine($"{file}: {body} bytes, headers about {header}");
            bodies += body;
            headers += header;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{slug}: {bodies} bytes in all, headers about {headers}");
        Assert.True(bodies <= FirstFlight, $"{bodies} bytes");
    }

    /// <summary>Bytes of the transferred body, and of the headers in the format of HTTP/1.1.</summary>
    private async Task<(int Body, int Headers)> MeasureAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var response = await browser.Client.SendAsync(request, Cancellation);
        response.EnsureSuccessStatusCode();
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        var body = await response.Content.ReadAsByteArrayAsync(Cancellation);
        return (
            body.Length,
            $"HTTP/1.1 200 OK\r\n{response.Headers}{response.Content.Headers}\r\n".ReplaceLineEndings("\r\n").Length);
    }
}
