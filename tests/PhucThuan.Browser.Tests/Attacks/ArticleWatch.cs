using Microsoft.Playwright;

namespace PhucThuan.Tests.Attacks;

/// <summary>Opens articles in a browser and reports forbidden content and effects.</summary>
internal sealed class ArticleWatch : IAsyncDisposable
{
    // Requests are not intercepted, because that would disable the browser's cache.
    private readonly OpenPage _open;
    private readonly List<string> _seen = [];

    private ArticleWatch(OpenPage open) => _open = open;

    /// <param name="portal">Base address of the articles.</param>
    /// <param name="bypassPolicy">Whether to disable the content security policy.</param>
    public static async Task<ArticleWatch> StartAsync(BrowserFixture browser, Uri portal, bool bypassPolicy)
    {
        var watch = new ArticleWatch(
            await browser.OpenAsync(new() { BypassCSP = bypassPolicy, BaseURL = portal.ToString() }));
        await watch.ListenAsync(portal);
        return watch;
    }

    /// <returns>The findings; empty for a safe article.</returns>
    /// <param name="injected">HTML to insert unsanitised into the body, to test the detection.</param>
    public async Task<IReadOnlyList<string>> OpenAsync(string path, string? injected = null)
    {
        _seen.Clear();
        if (injected is not null)
        {
            await _open.Page.RouteAsync(
                "**" + path,
                async route =>
                {
                    var page = await route.FetchAsync();
                    var text = (await page.TextAsync()).Replace(
                        "<div class=\"body\">",
                        "<div class=\"body\">" + injected,
                        StringComparison.Ordinal);
                    await route.FulfillAsync(new() { Response = page, Body = text });
                });
        }

        var response = await _open.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        _seen.AddRange(await _open.Page.EvaluateAsync<string[]>(Inspection));
        if (response?.Status != 200 || new Uri(_open.Page.Url).PathAndQuery != path)
        {
            _seen.Add($"response {response?.Status} at {_open.Page.Url}");
        }

        return [.. _seen];
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    private async Task ListenAsync(Uri portal)
    {
        var page = _open.Page;
        page.Dialog += async (_, dialog) =>
        {
            _seen.Add("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        page.Console += (_, message) =>
        {
            // Ignore pictures that fail to load; the inspection checks their addresses.
            if (!message.Text.Contains(OpenPage.BlockedWorker, StringComparison.Ordinal)
                && !message.Location.StartsWith(new Uri(portal, "/media/").AbsoluteUri, StringComparison.Ordinal)
                && !message.Location.StartsWith("data:image/", StringComparison.Ordinal))
            {
                _seen.Add("console: " + message.Text);
            }
        };
        page.PageError += (_, error) => _seen.Add("script: " + error);
        page.Download += (_, download) => _seen.Add("download: " + download.Url);
        page.Popup += (_, popup) => _seen.Add("window: " + popup.Url);
        page.FrameAttached += (_, _) => _seen.Add("frame");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } address
                && (address.Authority != portal.Authority || !IsOurs(address.AbsolutePath)))
            {
                _seen.Add("request: " + request.Url);
            }
        };
        await page.AddInitScriptAsync(StartOfPage);
    }

    private static bool IsOurs(string path) =>
        path is "/manifest.webmanifest"
        || path.StartsWith("/bai-viet/", StringComparison.Ordinal)
        || path.StartsWith("/assets/", StringComparison.Ordinal)
        || path.StartsWith("/media/", StringComparison.Ordinal)
        || path.StartsWith("/api/visits/", StringComparison.Ordinal);

    /// <summary>Records policy violations, and hides the page, so that it is not counted as a visit.</summary>
    private const string StartOfPage = """
        window.stopped = [];
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          stopped.push(violatedDirective + ' ' + blockedURI));
        Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
        """;

    /// <summary>Checks the DOM, with the lists of the editors' guide instead of the sanitiser's.</summary>
    private const string Inspection = """
        async () => {
          // autofocus, ontoggle and animations start when the page is painted.
          for (let frame = 0; frame < 3; frame++) {
            await new Promise(done => requestAnimationFrame(() => setTimeout(done, 10)));
          }
          const wrong = window.stopped.map(what => 'stopped by the policy: ' + what);
          const check = (holds, what) => { if (!holds) wrong.push(what); };
          const tags = ('a abbr b blockquote br caption cite code col colgroup dd del details dl dt em figcaption '
            + 'figure h2 h3 h4 hr i img ins li mark ol p pre q s small strong sub summary sup table tbody td tfoot th '
            + 'thead tr u ul').split(' ');
          // MathML Core without actions, links, embedded HTML and anything that loads.
          const formulas = ('math mfrac mi mn mo mover mroot mrow msqrt msub msubsup msup mtable mtd mtext mtr munder '
            + 'munderover').split(' ');
          const attributes = ('alt colspan data-label decoding height href id lang loading reversed rowspan scope span '
            + 'src start title type value width').split(' ');
          const box = 'class tabindex role aria-label'.split(' ');
          const all = (selector, root = document) => [...Document.prototype.querySelectorAll.call(document, selector)]
            .filter(found => root.contains(found));

          const body = document.querySelector('main article > .body');
          check(body, 'no text of an article');
          const ours = 'a.here[href^="#"][lang=vi][aria-label="Liên kết đến mục này"]:empty';
          const content = body ? all('*', body).filter(found => found !== body && !found.matches(ours)) : [];
          for (const element of content) {
            const isBox = element.matches('div.table-scroll, table.layout[role=presentation]');
            const isFormula = element.namespaceURI === 'http://www.w3.org/1998/Math/MathML'
              && formulas.includes(element.localName);
            const isHtml = element.namespaceURI === 'http://www.w3.org/1999/xhtml'
              && (isBox || tags.includes(element.localName));
            check(isFormula || isHtml, 'element ' + element.outerHTML);
            for (const { name, value } of element.attributes) {
              const isNumber = element.matches('td.number, th.number') && name === 'class' && value === 'number';
              check((isBox ? box : attributes).includes(name) || isNumber, `attribute ${name}=${value}`);
            }
            check(!element.id || element.id.startsWith('bai-'), 'id ' + element.id);
            check(!element.shadowRoot, 'shadow root');
            if (element.localName === 'img') {
              const source = new URL(element.src || 'about:blank', document.baseURI);
              check(source.origin === location.origin && source.pathname.startsWith('/media/')
                || /^data:image\/(png|jpeg|gif|webp|avif);base64,/i.test(element.src), 'picture ' + element.src);
            }
          }

          for (const element of all('*')) {
            for (const { name, value } of element.attributes) {
              check(!/^on/i.test(name), `handler ${name}=${value}`);
              if (/^(xlink:)?href$|^(form)?action$|^src$/.test(name) && element.localName !== 'img') {
                const scheme = URL.canParse(value, document.baseURI)
                  ? new URL(value, document.baseURI).protocol
                  : 'https:';
                check(['http:', 'https:', 'mailto:', 'tel:'].includes(scheme), `link ${value}`);
              }
            }
          }

          const shape = root => [...(root?.children ?? [])]
            .map(child => child.localName + (child.className ? '.' + child.className : '')).join(' ');
          const main = shape(document.querySelector('main'));
          const article = shape(document.querySelector('article'));
          check(shape(document.body) === 'a.skip header.site main footer.site', 'body has ' + shape(document.body));
          check(/^(nav\.breadcrumbs )?article p\.share( section\.related)?( nav\.neighbours)?$/.test(main),
            'main has ' + main);
          check(article === 'header div.body footer', 'article has ' + article);
          for (const name of ['main', 'article', 'h1', 'base', 'footer.site']) {
            check(all(name).length === (name === 'base' ? 0 : 1), `${all(name).length} of ${name}`);
          }
          check(all('h1 *, title *').length === 0, 'elements in a title');
          check(all('.source *, .author *').length === 0, 'elements in a name');
          check(all('body script, body style, body link, body meta').length === 0, 'a script or style in the body');
          check(all('head script').every(script => script.type === 'application/ld+json'
            || script.src.startsWith(location.origin + '/assets/')), 'a script in the head');
          check(all('form, input, button, iframe, object').every(found => found.closest('.reading, .tools')),
            'a form or frame');
          for (const { id } of all('[id]')) {
            check(!(Object.hasOwn(Document.prototype, id) || id in Object.prototype), 'clobbers ' + id);
          }

          check(document.characterSet === 'UTF-8' && document.compatMode === 'CSS1Compat', 'encoding or mode');
          return wrong;
        }
        """;
}
