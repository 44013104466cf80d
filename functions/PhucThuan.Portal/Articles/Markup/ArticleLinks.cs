using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>Leads the links of an article to where they were meant to lead once it stands in a page of ours.</summary>
internal static class ArticleLinks
{
    // Ids of articles get a prefix: they must not meet ours, nor name something that scripts look up by name.
    private const string IdPrefix = "bai-";

    /// <summary>
    /// Before the sanitiser removes names. Returns links that lead into the editor's computer or network.
    /// </summary>
    public static List<string> Prepare(IElement content)
    {
        var dead = LinkTargets.Apply(content);
        KeepTargets(content);
        return dead;
    }

    /// <summary>
    /// After the sanitiser: addresses of the portal, ids that are unique, and no link that leads nowhere. The answer is
    /// what the editor wrote as links to files that can never be served: their words stay, but a reader is not sent to
    /// an error.
    /// </summary>
    public static IReadOnlyList<string> Lead(IElement content)
    {
        var dead = new List<string>();
        foreach (var link in content.QuerySelectorAll("a[href]"))
        {
            var reference = link.GetAttribute("href")!;
            var address = AddressOf(reference);

            // An empty address is the page itself.
            var isEmpty = string.IsNullOrWhiteSpace(reference);
            if (isEmpty || IsDead(address))
            {
                dead.Add(isEmpty ? link.TextContent.Trim() : reference);
                link.RemoveAttribute("href");
            }
            else
            {
                link.SetAttribute("href", address);
            }
        }

        PrefixIds(content);
        var ids = content.QuerySelectorAll("[id]").Select(element => element.Id).ToHashSet();
        foreach (var link in content.QuerySelectorAll("a[href^='#']"))
        {
            var target = IdOf(link.GetAttribute("href")![1..]);
            if (ids.Contains(target))
            {
                link.SetAttribute("href", "#" + target);
            }
            else
            {
                link.RemoveAttribute("href");
            }
        }

        return dead;
    }

    /// <summary>
    /// Word names what its footnotes and contents lead to by <c>name</c>, and may give one place several names.
    /// </summary>
    private static void KeepTargets(IElement content)
    {
        var wanted = content.QuerySelectorAll("a[href^='#']").Select(link => link.GetAttribute("href")![1..])
            .ToHashSet();
        foreach (var anchor in content.QuerySelectorAll("a[name]:not([id])"))
        {
            // Each target once: an id that stands there twice is no HTML.
            if (wanted.Remove(anchor.GetAttribute("name")!))
            {
                anchor.Id = anchor.GetAttribute("name");
            }
        }
    }

    /// <summary>
    /// Editors link to files as they lie in their folder: <c>bai-khac.html</c>, <c>media/mau-don.pdf</c>,
    /// <c>mau-don.pdf</c>.
    /// </summary>
    private static string AddressOf(string reference)
    {
        if (reference.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        {
            return "http://" + reference;
        }

        var end = reference.IndexOfAny(['#', '?']);
        var (file, rest) = end < 0 ? (reference, "") : (reference[..end], reference[end..]);
        return SlugOf(file) is { } slug
            ? ArticleSummary.PathOf(slug) + rest.Replace("#", "#" + IdPrefix, StringComparison.Ordinal)
            : MediaAddress.FromFile(reference) ?? MediaAddress.FromReference(reference) ?? reference;
    }

    /// <summary>
    /// Of a file that can only be an article. What may be an attachment too (<c>.docx</c>) leads to container
    /// <c>media</c> here, and to the article when the page is made and there is one.
    /// </summary>
    private static string? SlugOf(string file)
    {
        var isBeside = file is not ['/', ..] && !file.Contains(':', StringComparison.Ordinal);
        return isBeside && MediaAddress.FromReference(file) is null && DocumentKinds.Of(file) is not null
            && !MediaFiles.IsServed(file)
            ? ArticleName.Of(Uri.UnescapeDataString(file[(file.LastIndexOfAny(['/', '\\']) + 1)..]))?.Slug
            : null;
    }

    /// <summary>A file beside the article or in folder <c>media</c> of a type that is not served.</summary>
    private static bool IsDead(string address)
    {
        var path = address.Split('#', '?')[0];
        var isFile = path is not ("" or ['/', ..]) && !path.Split('/')[0].Contains(':', StringComparison.Ordinal);
        return isFile || (path.StartsWith("/media/", StringComparison.Ordinal) && !MediaFiles.IsServed(path));
    }

    /// <summary>Of two with the same id the first keeps it.</summary>
    private static void PrefixIds(IElement content)
    {
        var taken = new HashSet<string>();
        foreach (var element in content.QuerySelectorAll("[id]").ToList())
        {
            var id = IdOf(element.Id!);
            if (id.Length > IdPrefix.Length && taken.Add(id))
            {
                element.Id = id;
            }
            else
            {
                element.RemoveAttribute("id");
            }
        }
    }

    /// <summary>Without white space, which no id may have (Word: <c>Picture 1</c>).</summary>
    private static string IdOf(string name) =>
        IdPrefix + string.Join('-', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
