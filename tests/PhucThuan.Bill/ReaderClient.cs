using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PhucThuan.Bill;

/// <summary>Simulates a reader's browser: loads a page with its files, then sends the requests of its script.</summary>
/// <param name="isNew">True for a browser without files of the portal in its cache.</param>
/// <param name="failed">Called for each failed request.</param>
internal sealed class ReaderClient(
    Uri portal, Timeline timeline, Random random, Readers readers, bool isNew, Action<string> failed) : IDisposable
{
    private const string Browser =
        "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile"
            + " Safari/537.36";

    private const string Robot = "Mozilla/5.0 (compatible; examplebot/1.0)";

    /// <summary>
    /// Estimate for parts of a response in Azure that are missing here: status line, date, headers of the host.
    /// </summary>
    private const int UncountedHeaderBytes = 100;

    /// <summary>Polling of visits.js: after two minutes, then every four.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(4);

    private readonly string _address = new IPAddress(random.NextInt64(1L << 24, 1L << 32)).ToString();
    private readonly HashSet<string> _cached = [];
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None })
    {
        BaseAddress = portal,
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Loads the page, sends its view and polls the numbers while the page is open.</summary>
    public async Task ReadAsync(string path, bool startsVisit, TimeSpan open, CancellationToken cancellationToken)
    {
        var html = await LoadAsync(path, cancellationToken);
        var slug = html.QuerySelector("[data-visits]")?.GetAttribute("data-visits") ?? "";
        var numbers = slug.Length > 0 ? "api/visits/" + slug : "api/visits";
        if (slug.Length > 0)
        {
            var view = Guid.NewGuid().ToString("N");
            await SendAsync(
                HttpMethod.Post,
                $"{numbers}?visit={(startsVisit ? "true" : "false")}&view={view}",
                Browser,
                cancellationToken);
        }
        else
        {
            await SendAsync(HttpMethod.Get, numbers, Browser, cancellationToken);
        }

        for (var (pause, left) = (FirstPause, open); left > TimeSpan.Zero; left -= pause, pause = Longer(pause))
        {
            await Task.Delay(left < pause ? left : pause, TimeProvider.System, cancellationToken);
            if (left >= pause)
            {
                await SendAsync(HttpMethod.Get, numbers, Browser, cancellationToken);
            }
        }
    }

    /// <summary>Requests a page as a robot, without its files.</summary>
    public Task CrawlAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, Robot, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static TimeSpan Longer(TimeSpan pause) => pause < LongestPause ? pause + FirstPause : LongestPause;

    /// <summary>Loads the page with its files only.</summary>
    public async Task<IDocument> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var body = await SendAsync(HttpMethod.Get, path, Browser, cancellationToken);
        var html = await new HtmlParser().ParseDocumentAsync(Encoding.UTF8.GetString(body), cancellationToken);
        var files = html.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]")
            .Select(link => link.GetAttribute("href"))
            .Concat(html.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src")))
            .OfType<string>()
            .Where(_ => isNew)
            .Concat(html.QuerySelectorAll("main img").Select(PictureOf));
        await Task.WhenAll(files
            .Select(file => new Uri(new Uri(portal, path), file))
            .Where(file => file.Host == portal.Host && _cached.Add(file.PathAndQuery))
            .Select(file => SendAsync(HttpMethod.Get, file.PathAndQuery, Browser, cancellationToken)));
        return html;
    }

    /// <summary>The narrowest candidate that is wide enough, or the widest.</summary>
    private string PictureOf(IElement picture)
    {
        var candidates = (picture.GetAttribute("srcset") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(candidate => candidate.Split(' '))
            .Where(parts => parts.Length == 2)
            .Select(parts => (Address: parts[0], Width: int.Parse(parts[1][..^1], CultureInfo.InvariantCulture)))
            .OrderBy(candidate => candidate.Width)
            .ToList();
        return candidates.Count == 0
            ? picture.GetAttribute("src") ?? "/"
            : candidates.Find(candidate => candidate.Width >= readers.WidthOfPictures).Address
                ?? candidates[^1].Address;
    }

    private async Task<byte[]> SendAsync(
        HttpMethod method,
        string path,
        string agent,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.TryAddWithoutValidation("CLIENT-IP", _address);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        var start = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Sum(header => header.Key.Length + header.Value.Sum(value => value.Length + 4));
        timeline.Add(
            start / (double)Stopwatch.Frequency,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            body.Length + headers + UncountedHeaderBytes);
        if (!response.IsSuccessStatusCode)
        {
            failed($"{method} /{path.TrimStart('/')}: {(int)response.StatusCode}");
        }

        return body;
    }
}
