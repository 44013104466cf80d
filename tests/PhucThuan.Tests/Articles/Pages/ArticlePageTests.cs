using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Html.Parser;

namespace PhucThuan.Tests.Articles.Pages;

public sealed class ArticlePageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Address = "/bai-viet/" + TestArticle.Slug;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_shows_all_parts_of_the_article()
    {
        using var response = await portal.Client.GetAsync(Address, Cancellation);
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Contains(
            """<a class="skip" href="#noi-dung">Truy cập nội dung luôn</a>""", page, StringComparison.Ordinal);
        Assert.Contains("""<main id="noi-dung" """, page, StringComparison.Ordinal);
        Assert.Contains("<h1>Họp dân xóm Đồi Cọ</h1>", page, StringComparison.Ordinal);
        Assert.Contains(
            """<time datetime="2021-10-02T09:40:00+07:00">02-10-2021 09:40</time>""", page, StringComparison.Ordinal);
        Assert.Contains("<p>Bà con bàn việc làm đường.</p>", page, StringComparison.Ordinal);
        Assert.Contains("Ban Biên tập", page, StringComparison.Ordinal);
        Assert.Contains("Thống kê truy cập", page, StringComparison.Ordinal);
        Assert.Contains("Đang truy cập", page, StringComparison.Ordinal);
        Assert.Contains("Tổng truy cập", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("*", "br")]
    [InlineData("identity", null)]
    public async Task The_preferred_encoding_is_sent_with_its_own_etag(string? accepted, string? sent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(sent, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
        Assert.NotNull(response.Content.Headers.LastModified);
        Assert.True(response.Headers.CacheControl!.Public);
        var tag = response.Headers.ETag!;
        Assert.False(tag.IsWeak);
        Assert.Equal(sent is not null, tag.Tag.EndsWith($"-{sent}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_with_a_matching_etag_is_not_sent_again()
    {
        // The page may change between two requests: its links follow the uploads of the other tests.
        await Eventually.AssertAsync(async () =>
        {
            using var first = await portal.Client.GetAsync(Address, Cancellation);
            using var request = new HttpRequestMessage(HttpMethod.Get, Address);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await portal.Client.SendAsync(request, Cancellation);

            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
            Assert.Equal(first.Headers.ETag, second.Headers.ETag);
            Assert.Equal(first.Headers.CacheControl, second.Headers.CacheControl);
            Assert.Equal(first.Headers.Vary, second.Headers.Vary);
            Assert.Empty(await second.Content.ReadAsByteArrayAsync(Cancellation));
        });
    }

    [Fact]
    public async Task A_page_with_another_etag_is_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"0123456789abcdef\""));
        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Head_returns_the_headers_of_get_without_a_body()
    {
        // The page may change between two requests: its links follow the uploads of the other tests.
        await Eventually.AssertAsync(async () =>
        {
            using var get = await portal.Client.GetAsync(Address, Cancellation);
            using var request = new HttpRequestMessage(HttpMethod.Head, Address);
            using var head = await portal.Client.SendAsync(request, Cancellation);

            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
        });
    }

    [Theory]
    [InlineData("khong-co-bai-nay", HttpStatusCode.NotFound)]
    [InlineData("..%2fhop-dan-xom-doi-co", HttpStatusCode.NotFound)]
    [InlineData("%2e%2e%2f%2e%2e%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    [InlineData("..%252f..%252fx", HttpStatusCode.NotFound)]
    [InlineData("..%5c..%5cx", HttpStatusCode.NotFound)]
    [InlineData("%c0%ae%c0%ae%c0%afx", HttpStatusCode.NotFound)]
    [InlineData("../api/visits/x", HttpStatusCode.NotFound)]
    [InlineData("a%00b", HttpStatusCode.BadRequest)]
    [InlineData("h%e1%bb%8dp-d%c3%a2n", HttpStatusCode.NotFound)]
    [InlineData("", HttpStatusCode.NotFound)]
    [InlineData("%20", HttpStatusCode.NotFound)]
    [InlineData(".html", HttpStatusCode.NotFound)]
    [InlineData("a.html.html", HttpStatusCode.NotFound)]
    [InlineData("%2f%2fkhac.example.html", HttpStatusCode.NotFound)]
    [InlineData("HTTPS:khac.example.html", HttpStatusCode.NotFound)]
    public async Task An_invalid_slug_gets_an_error_page(string slug, HttpStatusCode expected)
    {
        var status = await RawHttp.GetStatusAsync(portal.Client.BaseAddress!, "/bai-viet/" + slug, Cancellation);

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("/bai-viet/Hop-Dan-Xom-Doi-Co", "/bai-viet/hop-dan-xom-doi-co")]
    [InlineData("/bai-viet/hop-dan-xom-doi-co.html", "/bai-viet/hop-dan-xom-doi-co")]
    [InlineData("/bai-viet/HOP-DAN-XOM-DOI-CO.HTML?next=//khac.example", "/bai-viet/hop-dan-xom-doi-co")]
    [InlineData(
        "/bai-viet/H%E1%BB%8Dp%20d%C3%A2n_x%C3%B3m%20%C4%90%E1%BB%93i%20C%E1%BB%8D", "/bai-viet/hop-dan-xom-doi-co")]
    [InlineData("/bai-viet/hop-dan-xom-doi-co%0a", "/bai-viet/hop-dan-xom-doi-co")]
    [InlineData("/chuyen-muc/Thong-Bao?trang=2", "/chuyen-muc/thong-bao")]
    [InlineData("/chuyen-muc/Th%C3%B4ng%20b%C3%A1o", "/chuyen-muc/thong-bao")]
    public async Task A_misspelt_address_redirects_to_the_article(string address, string meant)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true };
        using var client = new HttpClient(handler) { BaseAddress = portal.Client.BaseAddress };
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal(meant, response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_summary_and_a_picture_that_the_text_lacks_are_shown_before_it()
    {
        await portal.Storage.Media.UploadBlobAsync("bìa.png", BinaryData.FromBytes(Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAEAQAAAABno2iXAAAAC0lEQVR4nGNggAAAAAgAAbdYc5UAAAAASUVORK5CYII=")),
                Cancellation);
        await portal.Storage.UploadAsync(
            "co-bia", "<title>Có bìa</title><meta name=date content=2026-03-01><meta name=description content='Tóm "
                + "&lt;tắt'><meta name=image content='media/bìa.png'><p>Chữ.");

        // A page without the size of its picture is served while storage is slow.
        await Eventually.AssertAsync(async () =>
        {
            var page = await new HtmlParser()
                .ParseDocumentAsync(await portal.Client.GetStringAsync("/bai-viet/co-bia", Cancellation), Cancellation);

            Assert.Equal("Tóm <tắt", page.QuerySelector("h1 + .standfirst")!.TextContent);
            var cover = page.QuerySelector("article > header > .cover > img")!;
            Assert.Equal("/media/b%C3%ACa.png", cover.GetAttribute("src"));
            Assert.Equal(
                ("1", "4", ""), (cover.GetAttribute("width"), cover.GetAttribute("height"), cover.GetAttribute("alt")));
            Assert.Null(cover.GetAttribute("loading"));
            Assert.Equal(
                "summary_large_image", page.QuerySelector("meta[name='twitter:card']")!.GetAttribute("content"));
            Assert.EndsWith(
                "/media/b%C3%ACa.png",
                page.QuerySelector("meta[property='og:image']")!.GetAttribute("content"),
                StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_summary_that_the_text_contains_is_not_repeated()
    {
        await portal.Storage.UploadAsync(
            "co-tom-tat", "<title>x</title><meta name=description content='Tóm tắt'><p>Tóm tắt ở đây.");

        Assert.DoesNotContain(
            "standfirst",
            await portal.Client.GetStringAsync("/bai-viet/co-tom-tat", Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_with_a_date_only_shows_no_time()
    {
        await portal.Storage.UploadAsync("theo-ngay", "<title>x</title><meta name=date content=2026-03-01><p>Chữ.");

        Assert.Contains(
            """<time datetime="2026-03-01">01-03-2026</time>""",
            await portal.Client.GetStringAsync("/bai-viet/theo-ngay", Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_head_of_an_article_has_category_weekday_minutes_and_author()
    {
        var page = await new HtmlParser()
            .ParseDocumentAsync(await portal.Client.GetStringAsync(Address, Cancellation), Cancellation);

        var line = page.QuerySelector("article > header > .date")!;
        Assert.Equal(
            "Tin tức Thứ Bảy, 02-10-2021 09:40 1 phút đọc Ban Biên tập",
            string.Join(' ', line.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("/chuyen-muc/tin-tuc", line.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_article_is_shared_by_plain_links()
    {
        var page = await new HtmlParser()
            .ParseDocumentAsync(await portal.Client.GetStringAsync(Address, Cancellation), Cancellation);

        var address = new Uri(portal.Client.BaseAddress!, Address).AbsoluteUri;
        var links = page.QuerySelectorAll(".share a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal("https://www.facebook.com/sharer/sharer.php?u=" + Uri.EscapeDataString(address), links[0]);
        var data = Convert.FromBase64String(Uri.UnescapeDataString(links[1].Split("d=")[1]));
        Assert.Equal(address, JsonDocument.Parse(data).RootElement.GetProperty("url").GetString());
    }

    [Fact]
    public async Task An_article_in_another_language_is_marked_and_the_portal_around_it_stays_Vietnamese()
    {
        await portal.Storage.UploadAsync(
            "welcome", "<title>Welcome</title><meta name=language content=English><p>Fees are paid at the desk.</p>");

        var page = await new HtmlParser()
            .ParseDocumentAsync(await portal.Client.GetStringAsync("/bai-viet/welcome", Cancellation), Cancellation);

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.All(
            ["h1", ".body", ".breadcrumbs [aria-current]"],
            part => Assert.Equal("en", page.QuerySelector(part)!.GetAttribute("lang")));
        Assert.All(
            [".skip", "header.site", "main", "footer.site"],
            part => Assert.Equal("vi", page.QuerySelector(part)!.GetAttribute("lang")));
        Assert.Contains("\"inLanguage\":\"en\"", page.Head!.InnerHtml, StringComparison.Ordinal);

        page = await new HtmlParser()
            .ParseDocumentAsync(await portal.Client.GetStringAsync(Address, Cancellation), Cancellation);
        Assert.Equal("html", Assert.Single(page.QuerySelectorAll("[lang]:not(a)")).LocalName);
    }

    [Fact]
    public async Task A_slug_of_5000_characters_gets_an_error_page()
    {
        using var response = await portal.Client.GetAsync("/bai-viet/" + new string('a', 5000), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_missing_article_gets_an_error_page_in_Vietnamese()
    {
        using var response = await portal.Client.GetAsync("/bai-viet/khong-co", Cancellation);
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Contains("<h1>Không tìm thấy trang</h1>", page, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Null(response.Headers.ETag);
    }

    [Theory]
    [InlineData("POST", Address, "GET, HEAD")]
    [InlineData("DELETE", "/", "GET, HEAD")]
    [InlineData("PUT", "/api/visits/" + TestArticle.Slug, "GET, HEAD, POST")]
    [InlineData("POST", "/api/visits", "GET, HEAD")]
    [InlineData("PATCH", "/api/visits/" + TestArticle.Slug + ".svg", "GET, HEAD")]
    [InlineData("POST", "/api/visits/" + TestArticle.Slug + ".svg", "GET, HEAD")]
    [InlineData("POST", "/api/visits.svg", "GET, HEAD")]
    [InlineData("OPTIONS", "/media/a.jpg", "GET, HEAD")]
    public async Task Another_method_is_refused_with_the_allowed_methods(string method, string address, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await portal.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }
}
