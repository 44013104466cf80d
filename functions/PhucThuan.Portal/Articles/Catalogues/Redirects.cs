namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>Resolves redirects of renamed and replaced articles.</summary>
internal static class Redirects
{
    private const int MaxSteps = 20;

    /// <summary>
    /// Maps the slug of each redirecting article to the final target of its chain. Omits loops and chains that end at a
    /// missing article; these articles keep their pages.
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
