using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests;

/// <summary>Attacks on the sanitiser, uploaded as articles and opened in a browser, where they would run.</summary>
[Collection(nameof(BrowserFixture))]
public sealed class SanitizerInBrowserTests(BrowserFixture browser, SanitizerInBrowserTests.AttackedSite site)
    : IClassFixture<SanitizerInBrowserTests.AttackedSite>
{
    private const int BatchSize = 20;
    private const int OpenAtOnce = 3;

    [Fact]
    public async Task No_attack_runs_or_leaves_a_trace_even_without_the_content_policy() =>
        Assert.Equal("", await OpenAllAsync("mot", site.Different, bypassPolicy: true));

    [Fact]
    public async Task Attacks_one_after_the_other_give_the_content_policy_nothing_to_stop() =>
        Assert.Equal("", await OpenAllAsync("loat", [.. Enumerable.Range(0, site.Vectors.Chunk(BatchSize).Count())], bypassPolicy: false));

    [Theory]
    [InlineData("/")]
    [InlineData("/?trang=10")]
    [InlineData("/so-do-trang")]
    [InlineData("/feed.xml")]
    [InlineData("/sitemap.xml")]
    [InlineData("/tim-kiem?q=alert")]
    [InlineData("/tim-kiem?q=%EF%BF%BE")]
    [InlineData("/tim-kiem?q=%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task Lists_of_attacks_are_there(string address)
    {
        using var response = await site.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>", "dialog: 1")]
    [InlineData("<svg onload=alert(1)>", "dialog: 1")]
    [InlineData("<script>alert(1)</script>", "dialog: 1")]
    [InlineData("<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", "dialog: 1")]
    [InlineData("<details open ontoggle=alert(1)>x</details>", "dialog: 1")]
    [InlineData("<input autofocus onfocus=alert(1)>", "dialog: 1")]
    [InlineData("<img src=//evil.test/x.png>", "request: http://evil.test/x.png")]
    [InlineData("<a href=' java&Tab;script:alert(1)'>x</a>", "link ")]
    [InlineData("<img id=cookie src=media/x.png>", "clobbers cookie")]
    [InlineData("</div></article></main><main>", "2 of main")]
    [InlineData("<p style=position:fixed>x", "attribute style")]
    public async Task What_gets_past_the_sanitizer_is_seen(string attack, string expected)
    {
        await using var watch = await ArticleWatch.StartAsync(browser, site.Address, bypassPolicy: true);

        var seen = await watch.OpenAsync("/bai-viet/mot-0", injected: attack);

        Assert.Contains(seen, what => what.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_content_policy_stops_is_seen()
    {
        await using var watch = await ArticleWatch.StartAsync(browser, site.Address, bypassPolicy: false);

        var seen = await watch.OpenAsync("/bai-viet/mot-0", injected: "<p onclick=alert(1)>x");

        Assert.Contains("stopped by the policy: script-src-attr inline", seen);
    }

    /// <summary>What was seen, a line each; nothing of the kind may be.</summary>
    private async Task<string> OpenAllAsync(string name, IReadOnlyList<int> numbers, bool bypassPolicy)
    {
        Assert.True(site.Vectors.Count > 500, $"Only {site.Vectors.Count} attacks.");
        var failures = new ConcurrentBag<string>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, OpenAtOnce).Select(async _ =>
        {
            await using var watch = await ArticleWatch.StartAsync(browser, site.Address, bypassPolicy);
            for (int index; (index = Interlocked.Increment(ref next)) < numbers.Count;)
            {
                var number = numbers[index];
                foreach (var seen in await watch.OpenAsync($"/bai-viet/{name}-{number}"))
                {
                    failures.Add($"{name}-{number}: {seen} <- {(name == "mot" ? Encoding.UTF8.GetString(site.Vectors[number]) : "")}");
                }
            }
        }));
        TestContext.Current.TestOutputHelper!.WriteLine($"{site.Vectors.Count} attacks, {numbers.Count} articles opened, {failures.Count} findings");
        return string.Join('\n', failures.Order());
    }

    /// <summary>A portal with every attack as an article <c>mot-N</c>, and many together as <c>loat-N</c>.</summary>
    public sealed class AttackedSite : IAsyncLifetime
    {
        private readonly AzuriteFixture _storage = new();
        private PortalHost? _host;

        public IReadOnlyList<byte[]> Vectors { get; private set; } = [];

        /// <summary>
        /// Numbers of the attacks of which something else is left in the article's text. Most leave nothing or plain text: one
        /// page of that kind is opened, and the batches have what they put into titles and names.
        /// </summary>
        public IReadOnlyList<int> Different { get; private set; } = [];

        public HttpClient Client { get; private set; } = null!;

        public Uri Address => Client.BaseAddress!;

        public async ValueTask InitializeAsync()
        {
            await _storage.InitializeAsync();
            Vectors = await AttackVectors.AllAsync(TestContext.Current.CancellationToken);
            var parser = new ArticleParser(new ArticleSanitizer());
            Different = [.. Vectors.Index().DistinctBy(vector => WithoutText(parser.Parse("a", Page(vector.Item), default).Body)).Select(vector => vector.Index)];
            var single = Vectors.Select((vector, index) => (Name("mot", index), Page(vector)));
            var batches = Vectors.Chunk(BatchSize).Select((batch, index) => (Name("loat", index), Page(Join(batch))));
            await Parallel.ForEachAsync(single.Concat(batches), async (article, cancellationToken) =>
                await _storage.Articles.GetBlobClient(article.Item1).UploadAsync(BinaryData.FromBytes(article.Item2), cancellationToken));
            _host = new PortalHost(_storage.ConnectionString);
            Client = _host.CreateClient();
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _host!.DisposeAsync();
            await _storage.DisposeAsync();
        }

        /// <summary>Text without tags is encoded by us, and the same for a browser whatever its words are.</summary>
        private static string WithoutText(string body) => body.Contains('<', StringComparison.Ordinal) ? body : "";

        private static string Name(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}-{index}.html");

        private static byte[] Join(IEnumerable<byte[]> vectors) => [.. vectors.SelectMany(vector => vector.Append((byte)'\n'))];

        /// <summary>
        /// The attack is in everything else that an editor writes, too. A file of which much is control characters would not be
        /// published, and the attack not be tried: there is enough else for them.
        /// </summary>
        private static byte[] Page(byte[] vector)
        {
            var text = WebUtility.HtmlEncode(Encoding.UTF8.GetString(vector));
            var rest = new string(' ', 400 * text.Count(letter => char.IsControl(letter) || letter == '\uFFFD'));
            var head = string.Concat(new[] { "author", "category", "description", "source", "image" }
                .Select(name => $"<meta name={name} content=\"{text}\">"));
            return [.. Encoding.UTF8.GetBytes($"<!doctype html><!--{rest}--><title>x {text}</title>{head}"), .. vector];
        }
    }
}
