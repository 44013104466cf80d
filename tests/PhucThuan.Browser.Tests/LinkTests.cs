using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PhucThuan.Tests;

/// <summary>A crawler that follows every link and reference of the sample site from the home page.</summary>
public sealed partial class LinkTests(BrowserFixture browser)
{
    private readonly Queue<Uri> _waiting = [];
    private readonly Dictionary<Uri, IDocument?> _answers = [];
    private readonly HashSet<Uri> _linked = [];
    private readonly HashSet<Uri> _listed = [];
    private readonly List<(Uri From, Uri To)> _fragments = [];
    private readonly List<string> _wrong = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_returns_200_and_every_listed_page_is_linked()
    {
        Add(browser.Address, "/", _linked);
        Add(browser.Address, "/robots.txt");
        while (_waiting.TryDequeue(out var address))
        {
            await VisitAsync(address);
        }

        _wrong.AddRange(_fragments.Where(link => _answers.GetValueOrDefault(WithoutFragment(link.To))?.GetElementById(
            Uri.UnescapeDataString(link.To.Fragment[1..])) is null).Select(link => $"{link.From}: no place {link.To}"));
        _wrong.AddRange(_listed.Except(_linked).Select(page => $"{page} is not linked to"));

        Assert.Empty(_wrong);
        TestContext.Current.TestOutputHelper!.WriteLine($"{_answers.Count} addresses, {_linked.Count} of them linked"
            + $" to, {_listed.Count} listed for machines, {_fragments.Count} fragments");
        Assert.Equal(8, _linked.Count(page => page.AbsolutePath.StartsWith("/bai-viet/", StringComparison.Ordinal)));
        Assert.True(_listed.Count > 8, $"Only {_listed.Count} pages in feeds and site maps.");
    }

    private async Task VisitAsync(Uri address)
    {
        // Without a browser's user agent, because the pictures of the numbers would count a visit.
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd("link-checker");
        using var response = await browser.Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        _answers[address] = null;
        if (response.StatusCode != HttpStatusCode.OK || text.Length == 0)
        {
            _wrong.Add($"{address}: {response.StatusCode}, {text.Length} characters");
            return;
        }

        switch (response.Content.Headers.ContentType?.MediaType)
        {
            case "text/html":
                _answers[address] = ReadPage(address, text);
                break;
            case "text/css":
                AddAll(address, StyleAddress().Matches(text).Select(match => match.Groups[1].Value));
                break;
            case "application/manifest+json":
                using (var manifest = JsonDocument.Parse(text))
                {
                    Add(address, manifest.RootElement.GetProperty("start_url").GetString(), _linked);
                    AddAll(
                        address,
                        manifest
                            .RootElement.GetProperty("icons")
                            .EnumerateArray()
                            .Select(icon => icon.GetProperty("src").GetString()));
                }

                break;
            case "application/atom+xml":
                XNamespace atom = "http://www.w3.org/2005/Atom";
                AddAll(
                    address,
                    XDocument
                        .Parse(text)
                        .Descendants(atom + "link")
                        .Where(link => link.Parent!.Name == atom + "feed")
                        .Select(link => link.Attribute("href")?.Value));
                AddAll(
                    address,
                    XDocument
                        .Parse(text)
                        .Descendants(atom + "entry")
                        .Elements(atom + "link")
                        .Select(link => link.Attribute("href")?.Value),
                    _listed);
                break;
            case "application/xml":
                AddAll(
                    address,
                    XDocument
                        .Parse(text)
                        .Descendants()
                        .Where(element => element.Name.LocalName == "loc")
                        .Select(element => element.Value),
                    _listed);
                break;
            case "text/plain" when address.AbsolutePath == "/robots.txt":
                AddAll(address, SiteMapLine().Matches(text).Select(match => match.Groups[1].Value.Trim()));
                break;
        }
    }

    private IDocument ReadPage(Uri address, string text)
    {
        var page = new HtmlParser().ParseDocument(text);
        foreach (var link in page.QuerySelectorAll("a"))
        {
            var name =
                link.GetAttribute("aria-label")
                ?? link.TextContent
                    + string.Concat(link.QuerySelectorAll("img").Select(image => image.GetAttribute("alt")));
            if (string.IsNullOrWhiteSpace(name))
            {
                _wrong.Add($"{address}: empty link {link.OuterHtml}");
            }

            Add(address, link.GetAttribute("href"), _linked);
        }

        AddAll(address, page.QuerySelectorAll("link").Select(link => link.GetAttribute("href")));
        AddAll(
            address,
            page.QuerySelectorAll("img, script[src], source").Select(element => element.GetAttribute("src")));
        AddAll(address, page.QuerySelectorAll("form").Select(form => form.GetAttribute("action")));
        AddAll(
            address,
            page.QuerySelectorAll("meta[property='og:image'], meta[property='og:url']")
                .Select(meta => meta.GetAttribute("content")));
        return page;
    }

    private void AddAll(Uri from, IEnumerable<string?> references, HashSet<Uri>? into = null)
    {
        foreach (var reference in references)
        {
            Add(from, reference, into);
        }
    }

    private void Add(Uri from, string? reference, HashSet<Uri>? into = null)
    {
        if (string.IsNullOrWhiteSpace(reference) || !Uri.TryCreate(from, reference, out var target))
        {
            _wrong.Add($"{from}: no address '{reference}'");
            return;
        }

        // mailto: and tel: have no authority; external links are not checked.
        if (target.Scheme is not ("http" or "https") || target.Authority != browser.Address.Authority)
        {
            return;
        }

        if (target.Fragment.Length > 1)
        {
            _fragments.Add((from, target));
        }

        target = WithoutFragment(target);
        into?.Add(target);
        if (_answers.TryAdd(target, null))
        {
            _waiting.Enqueue(target);
        }
    }

    private static Uri WithoutFragment(Uri address) => new(address.GetLeftPart(UriPartial.Query));

    [GeneratedRegex("""url\(\s*["']?([^"')]+)""")]
    private static partial Regex StyleAddress();

    [GeneratedRegex("^Sitemap: (.+)$", RegexOptions.Multiline)]
    private static partial Regex SiteMapLine();
}
