using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PhucThuan.Portal.Search;

/// <summary>SQL statements that read <see cref="SearchIndex"/>.</summary>
[SuppressMessage(
    "Security", "CA2100", Justification = "The SQL consists of constants of this class; values are parameters.")]
internal static class SearchStatement
{
    private const string HasAll = "words MATCH $all";

    // The unary plus prevents an index lookup per row: with 10,000 articles, that took minutes instead of 0.1 s.
    private const string HasLeast = """
        words MATCH $any AND +rowid IN (
            SELECT found.rowid FROM json_each($each) AS word JOIN words AS found ON found.words MATCH word.value
            GROUP BY found.rowid HAVING count(*) >= $least)
        """;

    /// <summary>One page of results.</summary>
    public static SearchHits FindPage(
        SqliteConnection connection, SearchQuery query, DateTimeOffset now, int skip, int take)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Find(ConditionOf(query));
        AddQuery(command, query, now);
        command.Parameters.AddWithValue("$isPartial", query.IsPartial);
        command.Parameters.AddWithValue("$asTyped", IndexLanguage.AsTyped(query));
        command.Parameters.AddWithValue("$exactPhrase", IndexLanguage.ExactPhrase(query));
        command.Parameters.AddWithValue("$inTitle", IndexLanguage.InTitle(query));
        command.Parameters.AddWithValue("$sideBySide", IndexLanguage.SideBySide(query));
        command.Parameters.AddWithValue("$category", query.Filter.Category ?? (object)DBNull.Value);
        command.Parameters.AddWithValue("$year", query.Filter.Year ?? (object)DBNull.Value);
        command.Parameters.AddWithValue("$skip", skip);
        command.Parameters.AddWithValue("$take", take);
        return Read(command, query);
    }

    /// <summary>Categories and years of all results, ignoring the filter.</summary>
    public static IReadOnlyList<SearchFacet> FindFacets(
        SqliteConnection connection, SearchQuery query, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT DISTINCT category, year FROM articles
            WHERE published <= $now AND id IN (SELECT rowid FROM words WHERE {ConditionOf(query)})
            """;
        AddQuery(command, query, now);
        using var reader = command.ExecuteReader();
        var facets = new List<SearchFacet>();
        while (reader.Read())
        {
            facets.Add(new(reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetInt32(1)));
        }

        return facets;
    }

    /// <summary>True when a published article matches.</summary>
    /// <param name="match">Query in FTS5 syntax.</param>
    public static bool IsKnown(SqliteConnection connection, string match, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT EXISTS (
                SELECT 1 FROM words JOIN articles ON articles.id = words.rowid
                WHERE words MATCH $match AND published <= $now)
            """;
        command.Parameters.AddWithValue("$match", match);
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        return command.ExecuteScalar() is 1L;
    }

    /// <summary>Titles of the published articles.</summary>
    public static IReadOnlyList<string> ReadTitles(SqliteConnection connection, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT title FROM articles WHERE published <= $now";
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        using var reader = command.ExecuteReader();
        var titles = new List<string>();
        while (reader.Read())
        {
            titles.Add(reader.GetString(0));
        }

        return titles;
    }

    private static string ConditionOf(SearchQuery query) => query.IsPartial ? HasLeast : HasAll;

    private static void AddQuery(SqliteCommand command, SearchQuery query, DateTimeOffset now)
    {
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        if (query.IsPartial)
        {
            command.Parameters.AddWithValue("$any", IndexLanguage.Any(query));
            command.Parameters.AddWithValue("$each", JsonSerializer.Serialize(query.Words.Select(IndexLanguage.Each)));
            command.Parameters.AddWithValue("$least", query.Least);
        }
        else
        {
            command.Parameters.AddWithValue("$all", IndexLanguage.All(query));
        }
    }

    // A word in the title has ten times the weight of one in the text, because bm25 alone ranks long texts low even
    // when the title equals the query. Texts are read last, for one page only.
    private static string Find(string condition) => $"""
        WITH found AS MATERIALIZED (
            SELECT rowid AS id, bm25(words, 10.0, 1.0, 1.0, 10.0, 1.0, 1.0) AS score FROM words WHERE {condition}
        ), fitting AS MATERIALIZED (
            SELECT found.id, score, published,
                $isPartial OR found.id IN (SELECT rowid FROM words WHERE words MATCH $asTyped) AS typed,
                (found.id IN (SELECT rowid FROM words WHERE words MATCH $exactPhrase))
                + 2 * (found.id IN (SELECT rowid FROM words WHERE words MATCH $inTitle))
                + 2 * (found.id IN (SELECT rowid FROM words WHERE words MATCH $sideBySide)) AS fit
            FROM found JOIN articles ON articles.id = found.id
            WHERE published <= $now AND ($category IS NULL OR category = $category) AND ($year IS NULL OR year = $year)
        ), page AS (
            SELECT *, count(*) OVER () AS count, sum(typed) OVER () AS countAsTyped FROM fitting
            ORDER BY typed DESC, fit DESC, score, published DESC
            LIMIT $take OFFSET $skip
        )
        SELECT slug, articles.published, title, text, typed, count, countAsTyped
        FROM page JOIN articles ON articles.id = page.id
        ORDER BY typed DESC, fit DESC, score, articles.published DESC
        """;

    private static SearchHits Read(SqliteCommand command, SearchQuery query)
    {
        using var reader = command.ExecuteReader();
        var page = new List<SearchHit>();
        var (count, countAsTyped) = (0, 0);
        while (reader.Read())
        {
            page.Add(new(
                reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2),
                reader.GetString(3))
            {
                IsAsTyped = reader.GetBoolean(4),
            });
            (count, countAsTyped) = (reader.GetInt32(5), reader.GetInt32(6));
        }

        return new(query, page, count) { CountAsTyped = countAsTyped };
    }
}
