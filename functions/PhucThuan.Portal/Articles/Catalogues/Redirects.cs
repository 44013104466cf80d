namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>Where renamed and replaced articles lead.</summary>
internal static class Redirects
{
    private const int MaxSteps = 20;

    /// <summary>
    /// The last article of each chain by the slug of its first. Articles of a loop, and of a chain that ends at
    /// nothing, are not among them: they stay pages of their own.
    /// </summary>
    public static Dictionary<string, string> Resolve(IReadOnlyDictionary<string, ArticleSummary> articles)
    {
        var resolved = new Dictionary<string, string>();
        foreach (var article in articles.Values.Where(article => article.Steering.Redirect is not null))
        {
            if (Follow(article, articles) is { } end)
            {
                resolved[article.Slug] = end.Slug;
            }
        }

        return resolved;
    }

    private static ArticleSummary? Follow(ArticleSummary start, IReadOnlyDictionary<string, ArticleSummary> articles)
    {
        var article = start;
        for (var step = 0; step < MaxSteps; step++)
        {
            if (article.Steering.Redirect is not { } next)
            {
                return article;
            }

            if (!articles.TryGetValue(next, out article!))
            {
                return null;
            }
        }

        return null;
    }
}
