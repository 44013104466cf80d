using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests;

/// <summary>Type size, contrast, print, share and copy.</summary>
public sealed class ReadingSettingsTests(BrowserFixture browser)
{
    private const string Article = "/bai-viet/lich-tiem-chung-cho-tre-quy-iv-nam-2026";

    private static readonly string[] Clipboard = ["clipboard-read", "clipboard-write"];

    [Fact]
    public async Task Type_size_and_contrast_are_set_by_keyboard_and_kept_on_every_page()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync(Article);
        await reader.Page.GetByText("Cỡ chữ").First.FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        await reader.Page.Keyboard.PressAsync("Tab");
        await Expect(Button(reader, "Chữ nhỏ hơn")).ToBeFocusedAsync();
        await Expect(Button(reader, "Chữ nhỏ hơn")).ToHaveAttributeAsync("aria-disabled", "true");
        await reader.Page.Keyboard.PressAsync("Tab");

        await reader.Page.Keyboard.PressAsync("Enter");
        await reader.Page.Keyboard.PressAsync("Enter");
        await Expect(reader.Page.GetByText("Cỡ chữ 130%")).ToBeVisibleAsync();
        await reader.Page.Keyboard.PressAsync("Tab");
        await reader.Page.Keyboard.PressAsync("Space");
        await Expect(Button(reader, "Tương phản cao")).ToHaveAttributeAsync("aria-pressed", "true");

        await reader.Page.GotoAsync("/");
        Assert.Equal(
            "20.8px",
            await reader.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).fontSize"));
        Assert.Equal("rgb(0, 0, 0)", await reader.Page.EvaluateAsync<string>("getComputedStyle(document.body).color"));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task The_largest_type_fits_a_small_phone()
    {
        await using var reader = await browser.OpenAsync(new() { ViewportSize = new() { Width = 320, Height = 640 } });
        foreach (var address in new[] { "/", Article, "/thong-ke", "/tim-kiem?q=nuoc", "/so-do-trang" })
        {
            await reader.Page.GotoAsync(address);
            await reader.Page.EvaluateAsync("localStorage.setItem('phucthuan.reading', '{\"size\":5}')");
            await reader.Page.ReloadAsync();

            Assert.Equal(
                "32px",
                await reader.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).fontSize"));
            Assert.Equal(320, await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.True(await reader.Page.EvaluateAsync<bool>(InSight, ".name"), "The name of the portal is covered.");
            Assert.InRange(
                await reader.Page.EvaluateAsync<double>(
                    "document.querySelector('.skip').getBoundingClientRect().bottom"),
                -1000,
                0);
        }
    }

    [Fact]
    public async Task A_pressed_button_is_visible_in_forced_colors()
    {
        await using var reader = await browser.OpenAsync(new() { ForcedColors = ForcedColors.Active });
        await reader.Page.GotoAsync(Article);
        await reader.Page.GetByText("Cỡ chữ").First.ClickAsync();
        var button = Button(reader, "Tương phản cao");
        var off = await button.ScreenshotAsync();
        await button.ClickAsync();
        await reader.Page.EvaluateAsync(
            "document.activeElement.blur(); document.documentElement.removeAttribute('data-contrast')");
        await reader.Page.Mouse.MoveAsync(0, 0);

        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.NotEqual(off, await button.ScreenshotAsync());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"size\":99,\"contrast\":\"yes\"}")]
    [InlineData("{\"size\":\"__proto__\"}")]
    public async Task Invalid_stored_settings_are_ignored(string memory)
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync(Article);
        await reader.Page.EvaluateAsync("memory => localStorage.setItem('phucthuan.reading', memory)", memory);

        await reader.Page.ReloadAsync();
        await reader.Page.GetByText("Cỡ chữ").First.ClickAsync();
        await Button(reader, "Chữ to hơn").ClickAsync();

        await Expect(reader.Page.GetByText("Cỡ chữ 115%")).ToBeVisibleAsync();
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_storage_event_while_the_page_loads_is_harmless()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.AddInitScriptAsync("""
            const add = window.addEventListener;
            window.addEventListener = (type, ...rest) => {
              add.call(window, type, ...rest);
              if (type === "storage") window.dispatchEvent(new StorageEvent("storage", { key: "phucthuan.reading" }));
            };
            """);

        await reader.Page.GotoAsync(Article);

        await Expect(reader.Page.GetByText("Cỡ chữ").First).ToBeVisibleAsync();
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task Another_tab_applies_a_changed_setting()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync(Article);
        var other = await reader.Context.NewPageAsync();
        await other.GotoAsync("/");
        await reader.Page.GetByText("Cỡ chữ").First.ClickAsync();

        await Button(reader, "Chữ to hơn").ClickAsync();

        await Expect(other.Locator("html")).ToHaveAttributeAsync("data-size", "1");
    }

    [Fact]
    public async Task The_canonical_link_is_copied()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Context.GrantPermissionsAsync(Clipboard);
        await reader.Page.GotoAsync(Article + "?fbclid=x");

        await Button(reader, "Sao chép liên kết").ClickAsync();

        await Expect(reader.Page.GetByText("Đã sao chép liên kết.")).ToBeVisibleAsync();
        Assert.Equal(
            new Uri(browser.Address, Article).ToString(),
            await reader.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task A_link_is_shown_when_copying_fails()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.AddInitScriptAsync("navigator.clipboard.writeText = () => Promise.reject(new Error())");
        await reader.Page.GotoAsync(Article);

        await Button(reader, "Sao chép liên kết").ClickAsync();

        await Expect(reader.Page.Locator(".tools [role=status]"))
            .ToContainTextAsync(new Uri(browser.Address, Article).ToString());
    }

    [Fact]
    public async Task An_article_is_shared_where_the_device_supports_it()
    {
        await using var cannot = await browser.OpenAsync();
        await cannot.Page.AddInitScriptAsync(
            "Object.defineProperty(Navigator.prototype, 'share', { value: undefined })");
        await cannot.Page.GotoAsync(Article);
        await Expect(Button(cannot, "In bài")).ToBeVisibleAsync();
        await Expect(Button(cannot, "Chia sẻ")).ToBeHiddenAsync();

        await using var can = await browser.OpenAsync();
        await can.Page.AddInitScriptAsync(
            "Object.defineProperty(Navigator.prototype, 'share', { value: async data => { window.shared = data } })");
        await can.Page.GotoAsync(Article);
        await Button(can, "Chia sẻ").ClickAsync();

        Assert.Equal(
            new Uri(browser.Address, Article).ToString(),
            await can.Page.EvaluateAsync<string>("window.shared.url"));
        Assert.Equal(
            "Lịch tiêm chủng cho trẻ em quý IV năm 2026",
            await can.Page.EvaluateAsync<string>("window.shared.title"));
    }

    [Fact]
    public async Task Print_contains_only_the_article_dark_on_white()
    {
        await using var reader = await browser.OpenAsync(new() { ColorScheme = ColorScheme.Dark });
        await reader.Page.AddInitScriptAsync("window.print = () => { window.printed = true }");
        await reader.Page.GotoAsync(Article);
        await Button(reader, "In bài").ClickAsync();
        Assert.True(await reader.Page.EvaluateAsync<bool>("window.printed"));

        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        foreach (
            var hidden in new[]
            {
                "header.site nav",
                "footer.site",
                ".tools",
                ".reading",
                ".breadcrumbs",
                ".neighbours",
            })
        {
            await Expect(reader.Page.Locator(hidden).First).ToBeHiddenAsync();
        }

        await Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
        await Expect(reader.Page.GetByText(new Uri(browser.Address, Article).ToString())).ToBeVisibleAsync();
        Assert.Equal(
            "rgb(27, 35, 30)",
            await reader.Page.EvaluateAsync<string>("getComputedStyle(document.body).color"));
        Assert.StartsWith(
            "%PDF-",
            System.Text.Encoding.ASCII.GetString((await reader.Page.PdfAsync())[..5]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_there_are_no_buttons()
    {
        await using var reader = await browser.OpenAsync(new() { JavaScriptEnabled = false });
        await reader.Page.GotoAsync(Article);

        await Expect(reader.Page.Locator("button:visible")).ToHaveCountAsync(0);
        await Expect(reader.Page.Locator("noscript img")).ToBeVisibleAsync();
    }

    /// <summary>Whether the centre of an element is uncovered.</summary>
    private const string InSight = """
        selector => {
          const element = document.querySelector(selector);
          const box = element.getBoundingClientRect();
          return element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
        }
        """;

    private static ILocator Button(OpenPage reader, string name) =>
        reader.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
