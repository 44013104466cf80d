using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PhucThuan.Tests.Articles.Lists;

/// <summary>45 articles on 45 days: a third in one category with two spellings, a third in another.</summary>
[CollectionDefinition(nameof(ListedSite))]
public sealed class ListedSite : IAsyncLifetime, ICollectionFixture<ListedSite>
{
    public const int Articles = 45;

    private readonly AzuriteFixture _storage = new();
    private PortalHost? _host;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        for (var number = 1; number <= Articles; number++)
        {
            var category = (number % 3, number % 2) switch
            {
                (0, 0) => "<meta name=category content='THÔNG BÁO'>",
                (0, _) => "<meta name=category content='Thông báo'>",
                (1, _) => "<meta name=category content='Đảng ủy – HĐND'>",
                _ => "",
            };
            var date = new DateOnly(2026, 1, 1).AddDays(number - 1);
            await _storage.UploadAsync(
                $"bai-{number}",
                $"<title>Bài {number} &lt;b>&amp;</title><meta name=date content={date:yyyy-MM-dd}>{category}<p>chữ"
            );
        }

        _host = new PortalHost(_storage.ConnectionString);
        Client = _host.CreateClient();
    }

    public async Task<IHtmlDocument> OpenAsync(string address)
    {
        var cancellation = TestContext.Current.CancellationToken;
        return await new HtmlParser()
            .ParseDocumentAsync(await Client.GetStringAsync(address, cancellation), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
