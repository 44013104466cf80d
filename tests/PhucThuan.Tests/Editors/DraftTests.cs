using System.Net;

namespace PhucThuan.Tests.Editors;

/// <summary>Preview of files before they are published.</summary>
public sealed class DraftTests : IAsyncLifetime
{
    private const string Text =
        "<title>Thông báo họp</title><meta name=category content='Thông báo'><p>Lời của bài nháp.</p>";

    private readonly AzuriteFixture _storage = new();
    private PortalHost _host = null!;
    private EditorsDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        await _storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        await UploadAsync("hop.html", Text);
        _host = new PortalHost(_storage.ConnectionString);
        _desk = new(_storage, _host);
    }

    public async ValueTask DisposeAsync()
    {
        _desk.Dispose();
        await _host.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_draft_is_visible_only_through_its_link()
    {
        var link = await FindLinkAsync("hop.html");

        using var draft = await _desk.Client.GetAsync(link, Cancellation);

        Assert.Equal(HttpStatusCode.OK, draft.StatusCode);
        Assert.True(draft.Headers.CacheControl!.NoStore);
        Assert.Contains("noindex", draft.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.Equal(["no-referrer"], draft.Headers.GetValues("Referrer-Policy"));
        var html = await draft.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("<h1>Thông báo họp</h1>", html, StringComparison.Ordinal);
        Assert.Contains("Lời của bài nháp.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("visits", html, StringComparison.Ordinal);
        Assert.DoesNotContain("canonical", html, StringComparison.Ordinal);
        foreach (var list in new[] { "/", "/feed.xml", "/sitemap.xml", "/so-do-trang", "/tim-kiem?q=hop" })
        {
            Assert.DoesNotContain(
                "Thông báo họp", await _desk.Client.GetStringAsync(list, Cancellation), StringComparison.Ordinal);
        }

        using var article = await _desk.Client.GetAsync("/bai-viet/hop", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, article.StatusCode);
        using var counted = await _desk.Client.PostAsync("/api/visits/hop", content: null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, counted.StatusCode);
    }

    [Fact]
    public async Task The_link_of_a_draft_opens_neither_the_desk_nor_another_draft()
    {
        await UploadAsync("khac.html", Text);
        var link = await FindLinkAsync("hop.html");
        var key = link.Split('/')[2];

        foreach (var address in new[] { $"/ban-bien-tap/{key}", $"/ban-nhap/{key}/khac.html" })
        {
            using var answer = await _desk.Client.GetAsync(address, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Moving_a_draft_publishes_it_and_its_old_link_redirects_to_the_article()
    {
        var link = await FindLinkAsync("hop.html");
        await _storage.UploadAsync("hop", Text);
        await _storage.DraftFiles.DeleteBlobAsync("hop.html", cancellationToken: Cancellation);

        await Eventually.AssertAsync(async () =>
        {
            using var moved = await _desk.Client.GetAsync(link, Cancellation);
            Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
            Assert.Equal("/bai-viet/hop", moved.Headers.Location?.ToString());
            Assert.True(moved.Headers.CacheControl!.NoStore);
        });
        Assert.Contains(
            "Lời của bài nháp.", await _desk.Client.GetStringAsync("/bai-viet/hop", Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_moved_before_its_date_is_still_visible_through_its_link()
    {
        var link = await FindLinkAsync("hop.html");
        await _storage.UploadAsync("hop", "<meta name=date content=2100-01-01>" + Text);
        await _storage.DraftFiles.DeleteBlobAsync("hop.html", cancellationToken: Cancellation);

        Assert.Contains(
            "Lời của bài nháp.", await _desk.Client.GetStringAsync(link, Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gia.html", "PK\u0003\u0004")]
    [InlineData("!!!.html", Text)]
    public async Task The_preview_of_an_unpublishable_draft_gives_the_reason(string name, string content)
    {
        await UploadAsync(name, content);
        var report = await _desk.FindFileAsync("drafts", name);

        Assert.Equal("refused", EditorsDesk.StateOf(report));
        Assert.NotEmpty(EditorsDesk.ProblemsOf(report, "problem"));
    }

    [Fact]
    public async Task The_link_of_a_deleted_draft_is_404()
    {
        var link = await FindLinkAsync("hop.html");
        await _storage.DraftFiles.DeleteBlobAsync("hop.html", cancellationToken: Cancellation);

        using var gone = await _desk.Client.GetAsync(link, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private async Task UploadAsync(string name, string html) =>
        await _storage.DraftFiles.GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(html), overwrite: true, Cancellation);

    private async Task<string> FindLinkAsync(string name) =>
        (await _desk.FindFileAsync("drafts", name)).GetProperty("address").GetString()!;
}
