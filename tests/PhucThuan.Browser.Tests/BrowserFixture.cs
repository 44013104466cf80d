using Microsoft.Playwright;
using PhucThuan.LocalHost;

[assembly: AssemblyFixture(typeof(PhucThuan.Tests.BrowserFixture))]

namespace PhucThuan.Tests;

/// <summary>One browser and one portal with the samples, shared by all browser tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>Milliseconds. Playwright's default, 5 seconds, is too short on a busy machine.</summary>
    private const float AssertionTimeout = 20_000;

    private readonly AzuriteFixture _storage = new();
    private FileStream? _turn;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private PortalHost? _host;

    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _turn = await MachineTurn.WaitAsync(TestContext.Current.CancellationToken);
        await _storage.InitializeAsync();
        _host = new PortalHost(
            _storage.ConnectionString,
            settings: SampleSettings.Values.ToDictionary(
                setting => setting.Key.Replace("__", ":", StringComparison.Ordinal),
                setting => (string?)setting.Value));
        Client = _host.CreateClient();
        Address = Client.BaseAddress!;

        // The first search builds the index. On a busy machine, the response is 503 or has a notice until it is built.
        await Eventually.AssertAsync(async () =>
        {
            var page = await Client.GetStringAsync("/tim-kiem?q=x");
            Assert.DoesNotContain("đang lập chỉ mục", page, StringComparison.Ordinal);
        });
        Assertions.SetDefaultExpectTimeout(AssertionTimeout);
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync(Chromium.Locate());
    }

    /// <summary>Storage of the shared portal. A test must not change what another test reads.</summary>
    public AzuriteFixture Storage => _storage;

    /// <summary>Opens a page in a new browser context, with empty storage and cache.</summary>
    public async Task<OpenPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL ??= Address.ToString();

        // The default user agent contains HeadlessChrome, which is not counted.
        options.UserAgent ??= TestBrowser.UserAgent;
        options.ExtraHTTPHeaders ??= TestBrowser.ClientHints;

        // Playwright's page routes do not see requests that a service worker sends.
        options.ServiceWorkers ??= ServiceWorkerPolicy.Block;
        var context = await _browser!.NewContextAsync(options);
        return new OpenPage(context, await context.NewPageAsync());
    }

    /// <summary>Starts a separate browser with a viewer for PDF files, which the headless shell lacks.</summary>
    public Task<IBrowser> LaunchWithViewersAsync() => LaunchAsync(Chromium.LocateWithViewers());

    public async ValueTask DisposeAsync()
    {
        await _browser!.DisposeAsync();
        _playwright!.Dispose();
        Client.Dispose();
        await _host!.DisposeAsync();
        await _storage.DisposeAsync();
        await _turn!.DisposeAsync();
    }

    private Task<IBrowser> LaunchAsync(string program) => _playwright!.Chromium.LaunchAsync(new()
    {
        ExecutablePath = program,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", // no test leaves this machine
            // Lets pages of other sites reach this machine, and makes requests of sandboxed frames observable.
            "--disable-features=LocalNetworkAccessChecks,IsolateSandboxedIframes,"
                + "HttpsUpgrades,PaintHolding,Translate,MediaRouter,OptimizationHints", // replaces Playwright's list
            "--disable-blink-features=AutomationControlled", // no navigator.webdriver, which is not counted
        ],
    });
}

/// <summary>A page that records console errors and warnings, uncaught exceptions and failed requests.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    internal const string BlockedWorker = "Service Worker registration blocked by Playwright";

    private readonly IBrowserContext _context;
    private readonly List<string> _troubles = [];

    public OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && message.Text != BlockedWorker)
            {
                _troubles.Add($"console: {message.Text}");
            }
        };
        page.PageError += (_, error) => _troubles.Add($"script: {error}");
        page.RequestFailed += (_, request) => _troubles.Add($"request: {request.Url} {request.Failure}");
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    public IReadOnlyList<string> Troubles => _troubles;

    /// <summary>Clears the HTTP cache, from which the browser would show a page for some seconds.</summary>
    public async Task ForgetHttpCacheAsync()
    {
        var session = await _context.NewCDPSessionAsync(Page);
        await session.SendAsync("Network.clearBrowserCache");
        await session.DetachAsync();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
