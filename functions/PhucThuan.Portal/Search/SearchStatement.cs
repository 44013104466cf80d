using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PhucThuan.Portal.Search;

/// <summary>SQL statement for one page of results from <see cref="SearchIndex"/>.</summary>
internal static class SearchStatement
{
    private const string HasAll = "words MATCH $all";

    // The unary plus prevents an index lookup per row: with 10,000 articles, that took minutes instead of 0.1 s.
    private const string HasLeast = """
        words MATCH $any AND +rowid IN (
            SELECT found.rowid FROM json_each($each) AS word JOIN words AS found ON found.words MATCH word.value
            GROUP BY found.rowid HAVING count(*) >= $least)
        """;

    // Exact marks rank first, because they express the meaning. For a query without marks, exactness only breaks ties.
    private const int WithMarks = 8;
    private const int WithoutMarks = 1;

    [SuppressMessage(
        "Security",
        "CA2100",
        Justification = "The SQL consists of constants of this class; values are parameters.")]
    public static SearchHits FindPage(
        SqliteConnection connection, SearchQuery query, DateTimeOffset now, int skip, int take)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Find(query.IsPartial ? HasLeast : HasAll);
        command.Parameters.AddWithValue("$all", IndexLanguage.All(query));
        command.Parameters.AddWithValue("$any", IndexLanguage.Any(query));
        command.Parameters.AddWithValue("$each", JsonSerializer.Serialize(IndexLanguage.Each(query)));
        command.Parameters.AddWithValue("$least", query.Least);
        command.Parameters.AddWithValue("$asTyped", IndexLanguage.AsTyped(query));
        command.Parameters.AddWithValue("$asTypedRank", query.HasMarks ? WithMarks : WithoutMarks);
        command.Parameters.AddWithValue("$inTitle", IndexLanguage.InTitle(query));
        command.Parameters.AddWithValue("$sideBySide", IndexLanguage.SideBySide(query));
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$skip", skip);
        command.Parameters.AddWithValue("$take", take);
        return Read(command, query);
    }

    // A word in the title weighs ten times as much as one in the text. bm25 alone ranks long texts low even when the
    // title equals the query. Texts are fetched last, for one page only.
    private static string Find(string condition) => $"""
        WITH found AS MATERIALIZED (
            SELECT rowid AS id, bm25(words, 10.0, 1.0, 1.0, 10.0, 1.0, 1.0) AS score FROM words WHERE {condition}
        ), page AS (
            SELECT found.id, score, published, count(*) OVER () AS count,
                $asTypedRank * (found.id IN (SELECT rowid FROM words WHERE words MATCH $asTyped))
                + 2 * (found.id IN (SELECT rowid FROM words WHERE words MATCH $inTitle))
                + 2 * (found.id IN (SELECT rowid FROM words WHERE words MATCH $sideBySide)) AS fit
            FROM found JOIN articles ON articles.id = found.id
            WHERE published <= $now
            ORDER BY fit DESC, score, published DESC
            LIMIT $take OFFSET $skip
        )
        SELECT slug, articles.published, title, text, count
        FROM page JOIN articles ON articles.id = page.id
        ORDER BY fit DESC, score, articles.published DESC
        """;

    private static SearchHits Read(SqliteCommand command, SearchQuery query)
    {
        using var reader = command.ExecuteReader();
        var hits = new List<SearchHit>();
        var count = 0;
        while (reader.Read())
        {
            hits.Add(new(
                reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2),
                reader.GetString(3)));
            count = reader.GetInt32(4);
        }

        return new(query, hits, count);
    }
}
