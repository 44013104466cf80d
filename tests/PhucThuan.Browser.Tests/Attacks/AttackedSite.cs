using System.Globalization;
using System.Net;
using System.Text;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Attacks;

/// <summary>
/// A portal with one article <c>mot-N</c> for each attack of <see cref="Different"/> and one article <c>loat-N</c> for
/// each batch of all attacks.
/// </summary>
[CollectionDefinition(nameof(AttackedSite))]
public sealed class AttackedSite : IAsyncLifetime, ICollectionFixture<AttackedSite>
{
    private const int BatchSize = 20;

    private readonly AzuriteFixture _storage = new();
    private PortalHost? _host;

    public IReadOnlyList<byte[]> Vectors { get; private set; } = [];

    /// <summary>
    /// Indexes of attacks with distinct sanitised bodies. Most attacks leave nothing or plain text: one of these is
    /// enough. The other ones are only in batches, with their titles and names.
    /// </summary>
    public IReadOnlyList<int> Different { get; private set; } = [];

    /// <summary>Number of articles <c>loat-N</c>.</summary>
    public int Batches => (Vectors.Count + BatchSize - 1) / BatchSize;

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => Client.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        Vectors = await AttackVectors.AllAsync(TestContext.Current.CancellationToken);
        var parser = new ArticleParser(new ArticleSanitizer());
        Different =
        [
            .. Vectors.Index()
                .DistinctBy(vector => WithoutText(parser.Parse("a", Page(vector.Item), default).Body))
                .Select(vector => vector.Index),
        ];
        var single = Different.Select(index => (Name("mot", index), Page(Vectors[index])));
        var batches = Vectors.Chunk(BatchSize).Select((batch, index) => (Name("loat", index), Page(Join(batch))));
        await Parallel.ForEachAsync(single.Concat(batches), async (article, cancellationToken) =>
            await _storage.Articles.GetBlobClient(article.Item1)
                .UploadAsync(BinaryData.FromBytes(article.Item2), cancellationToken));
        _host = new PortalHost(_storage.ConnectionString);
        Client = _host.CreateClient();
        await BuildSearchIndexAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        await _storage.DisposeAsync();
    }

    /// <summary>
    /// A search returns 503 with <c>Retry-After</c> until the first catalogue is complete, and a page with a notice
    /// until the index is complete.
    /// </summary>
    private async Task BuildSearchIndexAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var response = await Client.GetAsync(new Uri("/tim-kiem?q=x", UriKind.Relative), cancellationToken);
            var page = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable
                && !page.Contains("đang lập chỉ mục", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(
                response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Maps all bodies without tags to one: the portal encodes text, so its content has no effect.</summary>
    private static string WithoutText(string body) => body.Contains('<', StringComparison.Ordinal) ? body : "";

    private static string Name(string name, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}-{index}.html");

    private static byte[] Join(IEnumerable<byte[]> vectors) =>
        [.. vectors.SelectMany(vector => vector.Append((byte)'\n'))];

    /// <summary>
    /// Puts the attack into the body, the title and all metadata. A file with a high share of control characters is not
    /// published, so a comment lowers that share. A file with a frameset instead of a text is not published either, so
    /// a text precedes it.
    /// </summary>
    private static byte[] Page(byte[] vector)
    {
        var text = WebUtility.HtmlEncode(Encoding.UTF8.GetString(vector));
        var rest = new string(' ', 400 * text.Count(letter => char.IsControl(letter) || letter == '\uFFFD'));
        var head = string.Concat(new[] { "author", "category", "description", "source", "image" }
            .Select(name => $"<meta name={name} content=\"{text}\">"));
        var start = text.Contains("&lt;frameset", StringComparison.OrdinalIgnoreCase) ? "x" : "";
        return
        [
            .. Encoding.UTF8.GetBytes($"<!doctype html><!--{rest}--><title>x {text}</title>{head}{start}"),
            .. vector,
        ];
    }
}
