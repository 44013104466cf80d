using Microsoft.Data.Sqlite;

namespace PhucThuan.Portal.Search;

/// <summary>Runs a query, then increasingly relaxed variants, until there are results.</summary>
internal sealed class SearchAttempts(
    SqliteConnection connection, DateTimeOffset now, int skip, int take, CancellationToken cancellationToken)
{
    public SearchHits Find(SearchQuery query)
    {
        var whole = Try(query);
        if (whole.CountAsTyped > 0)
        {
            return whole.Hits;
        }

        var begun = query.Begun() is { } beginning ? Try(beginning) : whole;
        if (begun.CountAsTyped > 0)
        {
            return begun.Hits;
        }

        // Results that match only without marks or far apart.
        return whole.Count > 0 ? whole.Hits : begun.Count > 0 ? begun.Hits : FindPartial(query);
    }

    /// <summary>Finds articles with some of the words, and suggests similar words for unknown ones.</summary>
    private SearchHits FindPartial(SearchQuery query)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var unknown = query.Words
            .Where(word => !SearchStatement.IsKnown(connection, IndexLanguage.Each(word), now)).ToList();
        var suggestion = unknown.Count == 0 || skip > 0
            ? null
            : new SearchSuggestion(SearchStatement.ReadTitles(connection, now)).Find(query, unknown);
        var found = query.Partial(unknown).Select(Try).FirstOrDefault(attempt => attempt.Count > 0);
        return (found?.Hits ?? Nothing(query)) with { Suggestion = suggestion };
    }

    /// <summary>An empty result, with the categories and years that have results without the filter.</summary>
    private SearchHits Nothing(SearchQuery query) => new(query, [], 0)
    {
        Facets = query.Filter.IsSet ? SearchStatement.FindFacets(connection, query, now) : [],
    };

    private Attempt Try(SearchQuery query)
    {
        // sqlite3_interrupt has no effect between two statements.
        cancellationToken.ThrowIfCancellationRequested();
        var hits = SearchStatement.FindPage(connection, query, now, skip, take);
        if (hits.Count > 0)
        {
            return new(
                hits with { Facets = SearchStatement.FindFacets(connection, query, now) },
                hits.Count,
                hits.CountAsTyped);
        }

        // A page after the last one has no hits, either.
        var first = skip > 0 ? SearchStatement.FindPage(connection, query, now, skip: 0, take: 1) : hits;
        return new(hits, first.Count, first.CountAsTyped);
    }

    /// <param name="Hits">Empty for a page after the last one.</param>
    /// <param name="Count">Number of results on all pages.</param>
    private sealed record Attempt(SearchHits Hits, int Count, int CountAsTyped);
}
