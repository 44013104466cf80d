using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests;

/// <summary>An article is read aloud by a voice of the device, or a recording of the editors is played.</summary>
public sealed class ListeningTests(BrowserFixture browser)
{
    private const string Article = "/bai-viet/vu-che-thu-sang-som-tren-nhung-doi-che";
    private const string Title = "Vụ chè thu: sáng sớm trên những đồi chè Phúc Thuận";

    /// <summary>Stub of speech synthesis: headless Chromium has no voices. <c>finish()</c> ends an utterance.</summary>
    private const string Voices = """
        window.spoken = [];
        window.voices = [];
        let saying = null;
        window.finish = () => saying.onend();
        window.isSaying = () => !!saying;
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
          getVoices: () => window.voices,
          cancel() { saying = null; },
          speak(utterance) {
            if (utterance.text) {
              saying = utterance;
              window.spoken.push([utterance.text, utterance.lang, utterance.voice && utterance.voice.name].join("|"));
            }
          },
        }) });
        """;

    private const string Vietnamese = "voices.push({ lang: 'vi-VN', name: 'Mai', localService: true });";
    private const string English =
        "voices.push({ lang: 'en-GB', name: 'Far' }, { lang: 'en_US', name: 'Ann', localService: true });";

    [Fact]
    public async Task The_article_is_read_sentence_by_sentence_with_highlighting_and_pauses_by_keyboard()
    {
        await using var reader = await OpenAsync(Vietnamese);
        var requests = new List<string>();
        reader.Page.Request += (_, request) => requests.Add(request.Url);
        await reader.Page.GotoAsync(Article);
        await Expect(Button(reader.Page, "Nghe bài")).ToBeVisibleAsync();
        var text = await TextAsync(reader.Page);
        await Button(reader.Page, "Nghe bài").FocusAsync();
        Assert.DoesNotContain(requests, address => address.Contains("/listen.", StringComparison.Ordinal));

        await reader.Page.Keyboard.PressAsync("Enter");
        await Expect(Button(reader.Page, "Tạm dừng")).ToBeFocusedAsync();
        await Expect(reader.Page.Locator("mark.spoken")).ToHaveTextAsync(Title);
        Assert.Equal([Title + "|vi-VN|Mai"], await SpokenAsync(reader.Page));

        // At the end of the page, the player covers no link.
        await reader.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await reader.Page.AssertAccessibleAsync();

        await reader.Page.EvaluateAsync("finish(); finish(); finish()");
        var marked = await reader.Page.Locator("mark.spoken").AllTextContentsAsync();
        Assert.Equal(string.Concat(marked).Trim(), (await SpokenAsync(reader.Page))[3].Split('|')[0]);

        await reader.Page.Keyboard.PressAsync("Enter");
        await Expect(Button(reader.Page, "Nghe tiếp")).ToBeFocusedAsync();
        Assert.False(await reader.Page.EvaluateAsync<bool>("isSaying()"));
        await reader.Page.Keyboard.PressAsync("Enter");
        var spoken = await SpokenAsync(reader.Page);
        Assert.Equal((5, spoken[3]), (spoken.Length, spoken[4]));

        await reader.Page.EvaluateAsync("() => { while (isSaying()) { finish(); } }");
        await Expect(Button(reader.Page, "Nghe bài")).ToBeFocusedAsync();
        await Expect(reader.Page.Locator(".player, mark.spoken")).ToHaveCountAsync(0);
        Assert.Equal(text, await TextAsync(reader.Page));
        Assert.All(await SpokenAsync(reader.Page), sentence => Assert.InRange(sentence.Length, 3, 270));
        var said = (await SpokenAsync(reader.Page)).Where((_, number) => number != 4);
        Assert.Equal(
            Letters(await reader.Page.EvaluateAsync<string>(
                "['h1', '.standfirst', '.body'].map(part => document.querySelector(part).textContent).join('')")),
            Letters(string.Concat(said.Select(sentence => sentence.Split('|')[0]))));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task The_button_appears_only_with_a_voice_for_the_language_even_a_late_one()
    {
        await using var reader = await OpenAsync(English);
        await reader.Page.GotoAsync(Article);
        await reader.Page.BecomesTrueAsync("!!document.querySelector('script[src*=later]')");
        await reader.Page.EvaluateAsync("speechSynthesis.dispatchEvent(new Event('voiceschanged'))");
        await Expect(Button(reader.Page, "Nghe bài")).ToHaveCountAsync(0);

        await reader.Page.EvaluateAsync(Vietnamese + "speechSynthesis.dispatchEvent(new Event('voiceschanged'));"
            + "speechSynthesis.dispatchEvent(new Event('voiceschanged'))");

        await Expect(Button(reader.Page, "Nghe bài")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_English_article_is_read_by_a_local_English_voice()
    {
        await using var reader = await OpenAsync(Vietnamese + English);
        await ChangeAsync(reader.Page, "<div class=\"body\"", "<div class=\"body\" lang=\"en\"");
        await reader.Page.GotoAsync(Article);

        await Button(reader.Page, "Nghe bài").ClickAsync();

        await Expect(Button(reader.Page, "Tạm dừng")).ToBeVisibleAsync();
        Assert.Equal(Title + "|en_US|Ann", Assert.Single(await SpokenAsync(reader.Page)));
    }

    [Fact]
    public async Task A_recording_of_the_editors_is_preferred_to_a_voice()
    {
        await using var reader = await OpenAsync("");
        await ChangeAsync(
            reader.Page, "<div class=\"body\">", "<div class=\"body\"><a href=\"/media/ban-doc.mp3\">Bản đọc</a>");
        await reader.Page.RouteAsync("**/media/ban-doc.mp3", route => route.FulfillAsync(
            new() { ContentType = "audio/wav", BodyBytes = Silence() }));
        await reader.Page.GotoAsync(Article);

        await Button(reader.Page, "Nghe bài").ClickAsync();

        await Expect(reader.Page.Locator(".player audio")).ToBeFocusedAsync();
        await reader.Page.BecomesTrueAsync("!document.querySelector('audio').paused");
        await reader.Page.AssertAccessibleAsync();
        await reader.Page.EvaluateAsync("window.sound = document.querySelector('audio')");
        await Button(reader.Page, "Thôi nghe").ClickAsync();
        await Expect(reader.Page.Locator(".player")).ToHaveCountAsync(0);
        Assert.True(await reader.Page.EvaluateAsync<bool>("sound.paused"));
        await Expect(Button(reader.Page, "Nghe bài")).ToBeFocusedAsync();
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task Leaving_the_page_ends_the_speech_and_a_failing_voice_is_reported()
    {
        await using var reader = await OpenAsync(Vietnamese);
        await reader.Page.GotoAsync(Article);
        await Button(reader.Page, "Nghe bài").ClickAsync();
        await reader.Page.BecomesTrueAsync("isSaying()");

        await reader.Page.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pagehide'))");
        await Expect(reader.Page.Locator(".player")).ToHaveCountAsync(0);
        Assert.False(await reader.Page.EvaluateAsync<bool>("isSaying()"));

        await reader.Page.EvaluateAsync(
            "() => { speechSynthesis.speak = utterance => utterance.onerror({ error: 'network' }); }");
        await Button(reader.Page, "Nghe bài").ClickAsync();
        await Expect(reader.Page.GetByText("Máy chưa đọc được bài này.")).ToBeVisibleAsync();
        await Expect(reader.Page.Locator(".player")).ToHaveCountAsync(0);
    }

    private async Task<OpenPage> OpenAsync(string voices)
    {
        var reader = await browser.OpenAsync();
        await reader.Page.AddInitScriptAsync(Voices + voices);
        return reader;
    }

    private static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task<string[]> SpokenAsync(IPage page) => page.EvaluateAsync<string[]>("spoken");

    private static Task<string> TextAsync(IPage page) => page.Locator("main").InnerTextAsync();

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static async Task ChangeAsync(IPage page, string from, string to)
    {
        await page.RouteAsync("**" + Article, async route =>
        {
            var response = await route.FetchAsync();
            var html = await response.TextAsync();
            Assert.Contains(from, html, StringComparison.Ordinal);
            await route.FulfillAsync(
                new() { Response = response, Body = html.Replace(from, to, StringComparison.Ordinal) });
        });
    }

    /// <summary>A WAV file of ten seconds: 8,000 bytes a second.</summary>
    private static byte[] Silence()
    {
        const int Rate = 8000;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + (10 * Rate));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(Rate);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(10 * Rate);
        writer.Write([.. Enumerable.Repeat((byte)128, 10 * Rate)]);
        return file.ToArray();
    }
}
