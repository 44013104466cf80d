using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>Adapts links and ids of an article to its page on the portal.</summary>
internal static class ArticleLinks
{
    // Prevents conflicts of an article's ids with those of the page, and DOM clobbering.
    private const string IdPrefix = "bai-";

    /// <summary>
    /// Call before the sanitiser, which removes names. Returns links to the editor's computer or network.
    /// </summary>
    public static List<string> Prepare(IElement content)
    {
        var dead = LinkTargets.Apply(content);
        KeepTargets(content);
        return dead;
    }

    /// <summary>
    /// Call after the sanitiser. Rewrites links to addresses of the portal, makes ids unique, and removes dead links
    /// but not their text. Returns the removed links to files that cannot be served.
    /// </summary>
    public static IReadOnlyList<string> Rewrite(IElement content)
    {
        var dead = new List<string>();
        foreach (var link in content.QuerySelectorAll("a[href]"))
        {
            var reference = link.GetAttribute("href")!;
            var address = AddressOf(reference);

            // An empty address would link to the page itself.
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
    /// Replaces <c>name</c> by <c>id</c> on the targets of links. Word uses <c>name</c> for footnotes and tables of
    /// contents, and several names for one target.
    /// </summary>
    private static void KeepTargets(IElement content)
    {
        var wanted = content.QuerySelectorAll("a[href^='#']").Select(link => link.GetAttribute("href")![1..])
            .ToHashSet();
        foreach (var anchor in content.QuerySelectorAll("a[name]:not([id])"))
        {
            // The first anchor only, because ids must be unique.
            if (wanted.Remove(anchor.GetAttribute("name")!))
            {
                anchor.Id = anchor.GetAttribute("name");
            }
        }
    }

    /// <summary>
    /// Resolves relative links in an editor's folder: <c>bai-khac.html</c>, <c>media/mau-don.pdf</c>,
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
    /// Slug of a linked article; null for other files. A file that may also be an attachment (<c>.docx</c>) is linked
    /// to container <c>media</c> here; <see cref="Pages.WordLinks"/> later replaces links to articles.
    /// </summary>
    private static string? SlugOf(string file)
    {
        var isBeside = file is not ['/', ..] && !file.Contains(':', StringComparison.Ordinal);
        return isBeside && MediaAddress.FromReference(file) is null && DocumentKinds.Of(file) is not null
            && !MediaFiles.IsServed(file)
            ? ArticleName.Of(Uri.UnescapeDataString(file[(file.LastIndexOfAny(['/', '\\']) + 1)..]))?.Slug
            : null;
    }

    /// <summary>True for a relative link, or a file in folder <c>media</c>, whose file type is not served.</summary>
    private static bool IsDead(string address)
    {
        var path = address.Split('#', '?')[0];
        var isFile = path is not ("" or ['/', ..]) && !path.Split('/')[0].Contains(':', StringComparison.Ordinal);
        return isFile || (path.StartsWith("/media/", StringComparison.Ordinal) && !MediaFiles.IsServed(path));
    }

    /// <summary>Adds the prefix. The first of several elements with the same id keeps it.</summary>
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

    /// <summary>Replaces white space, which ids must not contain (Word: <c>Picture 1</c>).</summary>
    private static string IdOf(string name) =>
        IdPrefix + string.Join('-', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
