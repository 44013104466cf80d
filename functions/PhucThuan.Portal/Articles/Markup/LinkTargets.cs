using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.WebUtilities;
using PhucThuan.Portal.Articles.Import.Privacy;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Restores the original targets of links. Mail programs and social networks insert redirects that may identify the
/// recipient; pages saved from other sites have relative links.
/// </summary>
internal static partial class LinkTargets
{
    /// <summary>Maximum number of nested redirects, such as in a mail about a post.</summary>
    private const int MaxRedirects = 4;

    // Redirects with the target in a parameter.
    private static readonly (string Host, string Path, string[] Names)[] Redirects =
    [
        ("safelinks.protection.outlook.com", "", ["url"]),
        ("google.com", "/url", ["q", "url"]),
        ("google.com.vn", "/url", ["q", "url"]),
        ("facebook.com", "/l.php", ["u"]),
        ("instagram.com", "/", ["u"]),
        ("youtube.com", "/redirect", ["q"]),
        ("linkedin.com", "/redir", ["url"]),
        ("urldefense.proofpoint.com", "", ["u"]),
        ("linkprotect.cudasvc.com", "", ["a"]),
        ("slack-redir.net", "", ["url"]),
        ("zalo.me", "/redirect", ["continue", "url", "u"]),
        ("zaloapp.com", "", ["url", "u", "continue"]),
        ("statics.teams.cdn.office.net", "", ["url"]),
    ];

    // Tracking parameters, which identify the recipient of a message.
    private static readonly string[] Trackers = ["fbclid", "gclid", "mc_eid", "igshid", "mibextid", "zarsrc"];

    /// <summary>
    /// Makes relative addresses of a page saved from another site absolute. Ignores the base element of Word, which
    /// contains a local folder.
    /// </summary>
    public static void Resolve(IHtmlDocument document, IElement content, Uri? savedFrom)
    {
        var written = document.QuerySelector("base[href]")?.GetAttribute("href");
        var site = Uri.TryCreate(written, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : null;
        foreach (var element in content.QuerySelectorAll("a[href], img[src]"))
        {
            var name = element.LocalName == "a" ? "href" : "src";
            var reference = element.GetAttribute(name)!.Trim();
            var origin = site
                ?? (element.LocalName == "a" && savedFrom?.Scheme is "http" or "https" ? savedFrom : null);
            if (origin is not null && reference.Length > 0 && reference[0] != '#' && !Scheme().IsMatch(reference)
                && Uri.TryCreate(origin, reference, out var whole))
            {
                element.SetAttribute(name, whole.AbsoluteUri);
            }
        }
    }

    /// <summary>
    /// Removes redirects, and links to the editor's computer or network. Returns the latter.
    /// </summary>
    public static List<string> Apply(IElement content)
    {
        var dead = new List<string>();
        foreach (var link in content.QuerySelectorAll("a[href]"))
        {
            var reference = link.GetAttribute("href")!;
            var target = Unwrap(reference);
            if (IsPrivate(target))
            {
                link.RemoveAttribute("href");
                dead.Add(PrivatePaths.IsPath(target) ? PrivatePaths.FileName(target) : target);
                continue;
            }

            if (target != reference)
            {
                link.SetAttribute("href", target);
                if (link.TextContent.Trim() == reference.Trim())
                {
                    link.TextContent = target;
                }
            }
        }

        return dead;
    }

    private static string Unwrap(string reference)
    {
        for (var count = 0; count < MaxRedirects && Inner(reference) is { } inner; count++)
        {
            reference = inner;
        }

        return Tracked().IsMatch(reference) ? WithoutTrackers(reference) : reference;
    }

    private static string? Inner(string reference)
    {
        var text = reference.Trim();
        text = text.StartsWith("//", StringComparison.Ordinal) ? "https:" + text : text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return null;
        }

        if (Defense().Match(text) is { Success: true } defense)
        {
            return defense.Groups[1].Value;
        }

        var redirect = Array.Find(Redirects, redirect =>
            (uri.Host == redirect.Host || uri.Host.EndsWith("." + redirect.Host, StringComparison.OrdinalIgnoreCase))
            && uri.AbsolutePath.StartsWith(redirect.Path, StringComparison.OrdinalIgnoreCase));
        if (redirect.Names is null)
        {
            return null;
        }

        var query = QueryHelpers.ParseQuery(uri.Query);
        var target = redirect.Names.Select(name => query.TryGetValue(name, out var value) ? value.ToString() : null)
            .FirstOrDefault(value => value is not null);
        if (target is not null && redirect.Host == "urldefense.proofpoint.com")
        {
            target = Uri.UnescapeDataString(target.Replace('-', '%').Replace('_', '/'));
        }

        return target is not null
            && (target.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            || target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            ? target
            : null;
    }

    private static string WithoutTrackers(string reference)
    {
        var start = reference.IndexOf('?', StringComparison.Ordinal);
        var end = reference.IndexOf('#', start);
        var (query, rest) = end < 0 ? (reference[(start + 1)..], "") : (reference[(start + 1)..end], reference[end..]);
        var kept = query.Split('&')
            .Where(part => !Trackers.Contains(part.Split('=')[0], StringComparer.OrdinalIgnoreCase)
            && !part.StartsWith("__", StringComparison.Ordinal)).ToList();
        return reference[..start] + (kept.Count > 0 ? "?" + string.Join('&', kept) : "") + rest;
    }

    /// <summary>True for a local file, a host of a private network, or a redirect without a readable target.</summary>
    private static bool IsPrivate(string reference)
    {
        var text = reference.Trim();
        return PrivatePaths.IsPath(text)
            || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                && (uri.IsLoopback || LocalHost().IsMatch(uri.Host)
                || uri.Host.EndsWith("safelinks.protection.outlook.com", StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex(@"^(?:[a-z][a-z0-9+.-]*:|//|\\\\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        "^https://urldefense\\.com/v3/__(https?:.+?)__;",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Defense();

    [GeneratedRegex(
        "^https?://[^#]*[?&](?:fbclid|gclid|mc_eid|igshid|mibextid|zarsrc)=",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tracked();

    [GeneratedRegex(
        @"^(?:localhost|[\w-]+|[\w.-]+\.(?:local|lan|internal|intranet|home|corp)|10\.\d+\.\d+\.\d+|192\.168\.\d+\."
            + @"\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LocalHost();
}
