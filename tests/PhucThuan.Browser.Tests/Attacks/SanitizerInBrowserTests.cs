using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace PhucThuan.Tests.Attacks;

/// <summary>Publishes XSS vectors as articles and opens them in a browser.</summary>
[Collection(nameof(AttackedSite))]
public sealed class SanitizerInBrowserTests(BrowserFixture browser, AttackedSite site)
{
    private const int ConcurrentPages = 3;

    [Fact]
    public async Task No_attack_has_an_effect_with_the_content_policy_bypassed() =>
        Assert.Equal("", await OpenAllAsync("mot", site.Different, bypassPolicy: true));

    [Fact]
    public async Task A_batch_of_attacks_causes_no_violation_of_the_content_policy() =>
        Assert.Equal("", await OpenAllAsync("loat", [.. Enumerable.Range(0, site.Batches)], bypassPolicy: false));

    [Theory]
    [InlineData("/")]
    [InlineData("/?trang=10")]
    [InlineData("/so-do-trang")]
    [InlineData("/feed.xml")]
    [InlineData("/sitemap.xml")]
    [InlineData("/tim-kiem?q=alert")]
    [InlineData("/tim-kiem?q=%EF%BF%BE")]
    [InlineData("/tim-kiem?q=%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task Lists_of_attacks_return_200(string address)
    {
        using var response = await site.Client.GetAsync(
            new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

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
    public async Task An_attack_that_gets_past_the_sanitizer_is_detected(string attack, string expected)
    {
        await using var watch = await ArticleWatch.StartAsync(browser, site.Address, bypassPolicy: true);

        var seen = await watch.OpenAsync("/bai-viet/mot-0", injected: attack);

        Assert.Contains(seen, what => what.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_violation_of_the_content_policy_is_detected()
    {
        await using var watch = await ArticleWatch.StartAsync(browser, site.Address, bypassPolicy: false);

        var seen = await watch.OpenAsync("/bai-viet/mot-0", injected: "<p onclick=alert(1)>x");

        Assert.Contains("stopped by the policy: script-src-attr inline", seen);
    }

    /// <returns>One line for each finding; empty if no attack had an effect.</returns>
    private async Task<string> OpenAllAsync(string name, IReadOnlyList<int> numbers, bool bypassPolicy)
    {
        Assert.True(site.Vectors.Count > 500, $"Only {site.Vectors.Count} attacks.");
        var failures = new ConcurrentBag<string>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, ConcurrentPages).Select(async _ =>
        {
            await using var watch = await ArticleWatch.StartAsync(browser, site.Address, bypassPolicy);
            for (int index; (index = Interlocked.Increment(ref next)) < numbers.Count;)
            {
                var number = numbers[index];
                foreach (var seen in await watch.OpenAsync($"/bai-viet/{name}-{number}"))
                {
                    var attack = name == "mot" ? Encoding.UTF8.GetString(site.Vectors[number]) : "";
                    failures.Add($"{name}-{number}: {seen} <- {attack}");
                }
            }
        }));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{site.Vectors.Count} attacks, {numbers.Count} articles opened, {failures.Count} findings");
        return string.Join('\n', failures.Order());
    }
}
