using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using SmartReader;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Extracts the text of a page that was saved from a web site, without menus, sidebars and teasers: by semantic
/// elements, otherwise with SmartReader.
/// </summary>
internal sealed partial class SavedPage
{
    private const string Chrome =
        "nav, aside, [role=navigation], [role=complementary], [role=contentinfo], [role=banner], [role=search], "
            + "[role=dialog], form, body > footer";

    private const string OfSites =
        "nav, aside, [role=navigation], [role=main], main, meta[property^='og:'], link[rel=canonical], script[src], "
            + "body > footer, body > header";

    /// <summary>Maximum number of elements for SmartReader, which takes superlinear time.</summary>
    private const int MaxElements = 4_000;

    /// <summary>Minimum number of characters for SmartReader.</summary>
    private const int MinLength = 500;

    /// <summary>Call before hidden elements and scripts are removed, by which saved pages are detected.</summary>
    public SavedPage(IHtmlDocument document) => IsSaved = SavedFrom(document) is not null
        || (document.QuerySelector(OfSites) is not null
        && document.QuerySelector("meta[name=generator i][content*=Office i], [class^=Mso], .doc-content") is null);

    /// <summary>True for a page saved from a site, false for a file written by an editor.</summary>
    public bool IsSaved { get; }

    /// <summary>Number of removed blocks.</summary>
    public int Removed { get; private set; }

    /// <summary>The original address, which browsers write into saved pages; null without one.</summary>
    public static Uri? SavedFrom(IHtmlDocument document)
    {
        var comment = document.ChildNodes.OfType<IComment>()
            .Concat(document.DocumentElement.ChildNodes.OfType<IComment>())
            .Select(comment => SavedComment().Match(comment.Data)).FirstOrDefault(match => match.Success);
        return comment is not null && Uri.TryCreate(comment.Groups[1].Value, UriKind.Absolute, out var address)
            ? address
            : null;
    }

    public IHtmlElement FindText(IHtmlDocument document)
    {
        var body = document.Body!;

        // AngleSharp parses the content of a select as unknown elements, so later steps would miss pictures and links.
        foreach (var control in body.QuerySelectorAll("select").ToList())
        {
            control.Remove();
        }

        if (IsSaved)
        {
            RemoveChrome(body);
        }

        return FindElement(body) ?? (IsSaved ? Read(document) : null) ?? body;
    }

    private void RemoveChrome(IElement body)
    {
        foreach (var element in body.QuerySelectorAll(Chrome).ToList())
        {
            // Keeps a form that contains most of the page, and an aside of an article that is not a list of links.
            if ((element.LocalName == "form" && Length(element) * 2 > Length(body))
                || (element.Closest("article, main") is not null && element.LocalName == "aside"
                && LinkShare(element) < 0.3))
            {
                continue;
            }

            Remove(element);
        }

        foreach (var element in body.QuerySelectorAll("header, footer, div, section, ul, ol, p, table").ToList())
        {
            if (element.QuerySelector("h1") is null && element.Parent is not null && Length(element) * 2 < Length(body)
                && ((element.LocalName is "header" or "footer" && LinkShare(element) > 0.5) || IsTeaser(element)))
            {
                Remove(element);
            }
        }
    }

    private static bool IsTeaser(IElement element)
    {
        var names = element.ClassName + " " + element.Id;
        return AlwaysChrome().IsMatch(names) || (OftenChrome().IsMatch(names) && LinkShare(element) > 0.3);
    }

    private void Remove(IElement element)
    {
        Removed += string.IsNullOrWhiteSpace(element.TextContent) ? 0 : 1;
        element.Remove();
    }

    /// <summary>
    /// The <c>article</c> element with most of the text, otherwise the <c>main</c> element; null without either.
    /// Several articles of similar length are one text.
    /// </summary>
    private static IHtmlElement? FindElement(IHtmlElement body)
    {
        var total = Length(body);
        var mains = body.QuerySelectorAll<IHtmlElement>("main, [role=main]").Where(main => Length(main) * 2 > total)
            .ToList();
        var main = mains.Count == 1 ? mains[0] : null;
        var articles = (main ?? body).QuerySelectorAll<IHtmlElement>("article").ToList();
        var longest = articles.MaxBy(Length);
        return longest is not null && Length(longest) * 2 > Length(main ?? body)
            && (articles.Count == 1
            || Length(longest) * 10 > articles.Where(article => !longest.Contains(article)).Sum(Length) * 15)
            ? longest
            : main;
    }

    private static IHtmlElement? Read(IHtmlDocument document)
    {
        var total = Length(document.Body!);
        if (total < MinLength || document.All.Length > MaxElements || LinkShare(document.Body!) < 0.05)
        {
            return null;
        }

        using var reader = new Reader(
            "https://page.invalid/", document.DocumentElement.OuterHtml)
        { KeepClasses = true };
        var found = reader.GetArticle();

        // A result with less than half of the text outside of links is incomplete.
        if (!found.Completed || found.Length * 2 < total * (1 - LinkShare(document.Body!)))
        {
            return null;
        }

        var content = (IHtmlElement)document.CreateElement("div");
        content.InnerHtml = found.Content;
        document.Body!.Replace(document.CreateElement("body"));
        document.Body!.Append(content);
        foreach (var link in content.QuerySelectorAll(
            "[href^='https://page.invalid/'], [src^='https://page.invalid/']"))
        {
            foreach (var name in new[] { "href", "src" })
            {
                if (link.GetAttribute(name) is { } address)
                {
                    link.SetAttribute(name, address.Replace("https://page.invalid/", "", StringComparison.Ordinal));
                }
            }
        }

        return content;
    }

    private static int Length(IElement element) => element.TextContent.Count(letter => !char.IsWhiteSpace(letter));

    /// <summary>Fraction of the text that is in links.</summary>
    private static double LinkShare(IElement element) => Length(element) is > 0 and var length
        ? element.QuerySelectorAll("a[href]").Sum(Length) / (double)length
        : 0;

    [GeneratedRegex(@"saved from url=\(\d+\)(\S+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SavedComment();

    [GeneratedRegex(
        @"(?:^|[\s_-])(?:sidebar|breadcrumbs?|comments?|binh-?luan|advert\w*|quang-?cao|ads|newsletter|cookie\w*|"
            + @"popup|login|share\w*|social\w*|pagination|skip-link|menu)(?:$|[\s_-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AlwaysChrome();

    [GeneratedRegex(
        @"related|lien-?quan|tin-?khac|cung-?chuyen-?muc|doc-?nhieu|xem-?nhieu|most|popular|widget|teaser|recommend|"
            + @"navbar|navigation|(?:^|[\s_-])(?:nav|tags?|top|footer|header|list-news)(?:$|[\s_-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OftenChrome();
}
