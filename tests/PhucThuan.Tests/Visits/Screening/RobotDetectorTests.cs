using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Tests.Visits.Screening;

public sealed class RobotDetectorTests
{
    private const string Chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0"
            + " Safari/537.36";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_least_98_of_100_agents_in_a_list_of_crawlers_are_robots()
    {
        var crawlers = await AgentCorpora.CrawlersAsync(Cancellation);
        var missed = crawlers.Where(agent => !RobotDetector.IsRobot(agent)).ToList();

        Assert.True(crawlers.Count > 2000, $"The list is short: {crawlers.Count}");
        var share = 1 - ((double)missed.Count / crawlers.Count);
        var summary = $"{share:P2}: {missed.Count} of {crawlers.Count} are missed, such as\n{First(missed)}";
        TestContext.Current.TestOutputHelper!.WriteLine(summary);
        Assert.True(share >= 0.98, summary);
    }

    [Fact]
    public async Task None_of_the_hundred_most_used_browsers_is_a_robot() =>
        AssertReaders(await AgentCorpora.MostUsedBrowsersAsync(Cancellation), atLeast: 100);

    [Fact]
    public async Task No_browser_in_ten_thousand_recorded_visits_is_a_robot() =>
        AssertReaders(await AgentCorpora.RecordedBrowsersAsync(Cancellation), atLeast: 500);

    [Theory]
    [InlineData(
        "Zalo",
        "Mozilla/5.0 (Linux; Android 12; SM-A525F Build/SP1A.210812.016; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Version/4.0 Chrome/120.0.6099.230 Mobile Safari/537.36 Zalo android/12100625 ZaloTheme/light"
            + " ZaloLanguage/vi"
    )]
    [InlineData(
        "Zalo on an iPhone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 15_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Mobile/15E148 Zalo iOS/470 ZaloTheme/light ZaloLanguage/vn"
    )]
    [InlineData(
        "Cốc Cốc",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/119.0.204"
            + " Chrome/113.0.5672.204 Safari/537.36"
    )]
    [InlineData(
        "Cốc Cốc on a phone",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/137.0.276"
            + " Chrome/131.0.0.0 Mobile Safari/537.36"
    )]
    [InlineData(
        "Facebook",
        "Mozilla/5.0 (Linux; Android 13; RMX3630 Build/TP1A.220905.001; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/465.0.0.61.82;]"
    )]
    [InlineData(
        "Facebook on an iPhone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Mobile/21F90 [FBAN/FBIOS;FBAV/467.0.0.33.106;FBBV/604512345;FBDV/iPhone13,2;FBMD/iPhone;FBSN/iOS;"
            + "FBSV/17.5.1;FBSS/3;FBID/phone;FBLC/vi_VN;FBOP/5]")]
    [InlineData(
        "Facebook without Mozilla",
        "[FBAN/FB4A;FBAV/263.0.0.46.121;FBBV/205281663;FBDM/{density=2.0,width=720,height=1187};FBLC/vi_VN;"
            + "FBCR/Viettel;FBPN/com.facebook.katana;FBDV/SM-A105G;FBSV/10;]")]
    [InlineData(
        "TikTok",
        "Mozilla/5.0 (Linux; Android 12; vivo 1938 Build/SP1A.210812.003; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Version/4.0 Chrome/124.0.6367.123 Mobile Safari/537.36 trill_340503 JsSdk/1.0 NetType/WIFI"
            + " Channel/googleplay AppName/musical_ly app_version/34.5.3 ByteLocale/vi-VN ByteFullLocale/vi-VN"
            + " Region/VN BytedanceWebview/d8a21c6"
    )]
    [InlineData(
        "TikTok on an iPhone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Mobile/15E148 musical_ly_30.4.0 JsSdk/2.0 NetType/4G Channel/App Store ByteLocale/vi Region/VN"
            + " RevealType/Dialog BytedanceWebview/d8a21c6"
    )]
    [InlineData(
        "Instagram",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F79"
            + " Instagram 330.0.3.29.91 (iPhone14,3; iOS 17_5; en_IR@calendar=gregorian; en; scale=3.00; 1125x2436;"
            + " 594370905)"
    )]
    [InlineData(
        "Viber",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) QtWebEngine/5.6.0"
            + " Chrome/45.0.2454.101 Safari/537.36 Viber"
    )]
    [InlineData(
        "LinkedIn",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 12_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Mobile/15E148 [LinkedInApp]"
    )]
    [InlineData(
        "Google's app",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " GSA/319.0.639209273 Mobile/15E148 Safari/604.1"
    )]
    [InlineData(
        "Ecosia",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/111.0.0.0 Mobile"
            + " Safari/537.36 (Ecosia android@111.0.5563.116)"
    )]
    [InlineData(
        "Cubot",
        "Mozilla/5.0 (Linux; Android 6.0; CUBOT_NOTE_S Build/MRA58K) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/69.0.3497.100 Mobile Safari/537.36"
    )]
    [InlineData(
        "Cubot with UC Browser",
        "UCWEB/2.0 (MIDP-2.0; U; Adr 7.0; vi; CUBOT_NOTE_S) U2/1.0.0 UCBrowser/10.7.8.806 U2/1.0.0 Mobile")]
    [InlineData(
        "M bot",
        "Mozilla/5.0 (Linux; Android 7.0; M bot 60 Build/NRD90M) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/58.0.3029.83 Mobile Safari/537.36"
    )]
    [InlineData(
        "GLX Spider",
        "Mozilla/5.0 (Linux; Android 4.2.2; GLX Spider Build/JDQ39) AppleWebKit/537.36 (KHTML like Gecko)"
            + " Chrome/32.0.1700.99 Mobile Safari/537.36"
    )]
    [InlineData(
        "CamScanner",
        "Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Version/4.0 Chrome/124.0.6367.123 Mobile Safari/537.36 CamScanner/4.8.5.2310271827"
    )]
    [InlineData("KaiOS", "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5.1")]
    [InlineData(
        "UC Browser",
        "Mozilla/5.0 (Linux; U; Android 9; vi; Redmi Note 7 Build/PKQ1.180904.001) AppleWebKit/537.36 (KHTML, like"
            + " Gecko) Version/4.0 Chrome/78.0.3904.108 UCBrowser/13.4.0.1306 Mobile Safari/537.36"
    )]
    [InlineData(
        "UC Browser on a feature phone",
        "UCWEB/2.0 (Java; U; MIDP-2.0; vi; NokiaC3-00) U2/1.0.0 UCBrowser/9.5.0.449 U2/1.0.0 Mobile UNTRUSTED/1.0")]
    [InlineData(
        "Opera Mini",
        "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/191.283; U; vi) Presto/2.12.423 Version/12.16")]
    [InlineData(
        "Samsung Internet",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/30.0"
            + " Chrome/143.0.0.0 Mobile Safari/537.36"
    )]
    [InlineData(
        "Android's old browser",
        "Mozilla/5.0 (Linux; U; Android 2.3.6; vi-vn; GT-S5360 Build/GINGERBREAD) AppleWebKit/533.1 (KHTML, like"
            + " Gecko) Version/4.0 Mobile Safari/533.1"
    )]
    [InlineData(
        "Samsung's television",
        "Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0) AppleWebKit/538.1 (KHTML, like Gecko) Version/5.0 NativeTVAds"
            + " Safari/538.1"
    )]
    [InlineData(
        "LG's television",
        "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36"
            + " WebAppManager"
    )]
    [InlineData(
        "iPad",
        "Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2"
            + " Mobile/15E148 Safari/604.1"
    )]
    [InlineData("Nokia", "Nokia6120c/3.83; Profile/MIDP-2.0 Configuration/CLDC-1.1")]
    [InlineData(
        "Nokia with Symbian",
        "Mozilla/5.0 (SymbianOS/9.4; Series60/5.0 Nokia5800d-1/60.0.003; Profile/MIDP-2.1 Configuration/CLDC-1.1)"
            + " AppleWebKit/533.4 (KHTML, like Gecko) NokiaBrowser/7.3.1.33 Mobile Safari/533.4 3gpp-gba"
    )]
    [InlineData(
        "Internet Explorer 8",
        "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0; .NET CLR 2.0.50727; .NET CLR 3.0.4506.2152;"
            + " .NET4.0C)"
    )]
    [InlineData(
        "Internet Explorer 11",
        "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; .NET CLR 3.5.30729; rv:11.0) like Gecko")]
    [InlineData("Konqueror", "Mozilla/5.0 (compatible; Konqueror/4.5; FreeBSD) KHTML/4.5.4 (like Gecko)")]
    [InlineData(
        "Panasonic's television",
        "Mozilla/5.0(compatible; U; InfiNet 0.1; Viera) AppleWebKit/420+ (KHTML, like Gecko)(avdn/Panasonic.tv.2012)")]
    [InlineData(
        "A phone behind a proxy that removes parentheses",
        "Mozilla/5.0 Linux; Android 9; SM-A505U AppleWebKit/537.36 KHTML, like Gecko Chrome/75.0.3770.101 Mobile"
            + " Safari/537.36"
    )]
    [InlineData("Kindle", "Mozilla/4.0 (compatible; Linux 2.6.22) NetFront/3.4 Kindle/2.0 (screen 600x800)")]
    public void A_reader_is_no_robot(string name, string agent) => Assert.False(RobotDetector.IsRobot(agent), name);

    [Theory]
    [InlineData("Googlebot/2.1 (+http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko)"
        + " Chrome/153.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 (Linux; Android 8.0; Pixel 2 Build/OPD3.170816.012; Storebot-Google/1.0)"
        + " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/81.0.4044.138 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0;"
        + " +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36")]
    [InlineData("Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)")]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible;"
            + " Bytespider; spider-feedback@bytedance.com)"
    )]
    [InlineData(
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)")]
    [InlineData(
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot")]
    [InlineData(
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)")]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")]
    [InlineData("meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)")]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")]
    [InlineData("WhatsApp/2.23.20.0 A")]
    [InlineData("TelegramBot (like TwitterBot)")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5")]
    [InlineData("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)")]
    [InlineData(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0"
            + " Safari/537.36 Chrome-Lighthouse"
    )]
    [InlineData(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; Google Page Speed Insights)"
            + " Chrome/41.0.2272.118 Safari/537.36"
    )]
    [InlineData(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/153.0.0.0 Safari/537.36"
    )]
    [InlineData(
        "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1")]
    [InlineData("Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.1; Trident/6.0) LinkCheck by Siteimprove.com")]
    [InlineData("Mozilla/5.0 (X11; U; Linux i686; en-US; rv:1.9.2.24; ips-agent) Gecko/20111107 Ubuntu/10.04 (lucid)"
        + " Firefox/3.6.24")]
    [InlineData("Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)")]
    [InlineData("curl/8.10.1")]
    [InlineData("Wget/1.21.3")]
    [InlineData("python-requests/2.32.3")]
    [InlineData("Go-http-client/2.0")]
    [InlineData("okhttp/4.12.0")]
    [InlineData("Dalvik/2.1.0 (Linux; U; Android 9; SM-G965U Build/PPR1.180610.011)")]
    [InlineData("Zalo/470 CFNetwork/1335.0.3 Darwin/21.6.0")]
    [InlineData("Mozilla/5.0")]
    [InlineData("Mozilla/5.0 (compatible; Anything)")]
    public void A_self_declared_robot_is_detected(string agent) => Assert.True(RobotDetector.IsRobot(agent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("\0")]
    [InlineData(Chrome + "\0")]
    [InlineData(Chrome + "\r\nX-Forwarded-For: 1")]
    public void A_missing_or_impossible_agent_is_a_robot(string? agent) =>
        Assert.True(RobotDetector.IsRobot(agent));

    // 100 KB each. 1,024 characters are read, which takes 1 to 90 µs; with catastrophic backtracking over 300 ms.
    [Theory]
    [InlineData("a")]
    [InlineData("(")]
    [InlineData("@a-")]
    [InlineData("a.co")]
    [InlineData("(Android")]
    [InlineData("compatible;")]
    [InlineData("cubot ")]
    public async Task A_long_agent_does_not_make_the_rules_backtrack(string part)
    {
        var agent = Chrome + string.Concat(Enumerable.Repeat(part, 100_000 / part.Length));

        // A rule that backtracks exponentially never ends; then this throws.
        await Task.Run(() => RobotDetector.IsRobot(agent)).WaitAsync(
            TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Characters_after_1024_are_ignored()
    {
        Assert.True(RobotDetector.IsRobot(Chrome.PadRight(1000) + " Googlebot"));
        Assert.False(RobotDetector.IsRobot(Chrome.PadRight(1024) + " Googlebot"));
    }

    private static void AssertReaders(IReadOnlyList<string> browsers, int atLeast)
    {
        Assert.True(browsers.Count >= atLeast, $"The list is short: {browsers.Count}");
        var caught = browsers.Where(RobotDetector.IsRobot).ToList();
        Assert.True(
            caught.Count == 0,
            $"{caught.Count} of {browsers.Count} readers are classified as robots, such as\n{First(caught)}");
    }

    private static string First(IEnumerable<string> agents) => string.Join('\n', agents.Take(40));
}
