using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PhucThuan.Portal.Search;

/// <summary>
/// A full-text index in a file: SQLite's FTS5. Words are kept twice, as written and without marks, so that a search finds
/// both and shows what was written the same way first. One writer at a time; readers do not wait for it.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Goes up, here, in the schema and in the blob's name, with every change of the tables, of what is searched, or of how words are cut and folded.</summary>
    private const int Version = 3;

    // "exact" in front of "plain" for bm25, which takes weights in the order of columns. The table keeps no text of its
    // own (contentless), articles has it once.
    private const string Schema = """
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            slug TEXT NOT NULL UNIQUE,
            version TEXT NOT NULL,
            published INTEGER NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL);
        CREATE VIRTUAL TABLE words USING fts5 (
            exact_title, exact_text, plain_title, plain_text,
            content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
        PRAGMA user_version = 3;
        """;

    // A word in the title is worth ten in the text. Relevance alone is not enough to show the best first: a long text loses
    // by it even when its title is what was typed. Texts are fetched last, for one page alone.
    private const string Find = """
        WITH found AS MATERIALIZED (
            SELECT rowid AS id, bm25(words, 10.0, 1.0, 10.0, 1.0) AS score FROM words WHERE words MATCH $found
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

    private const string Exists = """
        SELECT EXISTS (
            SELECT 1 FROM words JOIN articles ON articles.id = words.rowid WHERE words MATCH $found AND published <= $now)
        """;

    // Marks say what is meant, so they come before all else. Without marks everything may be meant, and what is written
    // without them only decides between equals.
    private const int WithMarks = 8;
    private const int WithoutMarks = 1;

    private readonly string _connectionString;

    private SearchIndex(string path) =>
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString;

    /// <summary>Opens the index at <paramref name="path"/>, or makes an empty one when there is no file.</summary>
    /// <exception cref="SqliteException">The file is no database, or broken.</exception>
    /// <exception cref="InvalidDataException">It is an index of another version of the app.</exception>
    public static SearchIndex Open(string path)
    {
        var index = new SearchIndex(path);
        try
        {
            using var connection = index.Connect();
            Prepare(connection);
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Versions of the articles that are in the index, by slug.</summary>
    public IReadOnlyDictionary<string, string> ReadVersions()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT slug, version FROM articles";
        using var reader = command.ExecuteReader();
        var versions = new Dictionary<string, string>();
        while (reader.Read())
        {
            versions.Add(reader.GetString(0), reader.GetString(1));
        }

        return versions;
    }

    /// <summary>Takes articles away and puts articles in, or instead of what was there of them; all of it or nothing.</summary>
    public void Change(IEnumerable<string> removed, IEnumerable<IndexedArticle> changed)
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction();
        foreach (var slug in removed)
        {
            Remove(connection, slug);
        }

        foreach (var article in changed)
        {
            Remove(connection, article.Slug);
            Add(connection, article);
        }

        transaction.Commit();
    }

    /// <summary>
    /// The articles published until <paramref name="now"/> that have every word, the best first. When there is none, the last
    /// word may be the beginning of one.
    /// </summary>
    public SearchHits Search(SearchQuery query, DateTimeOffset now, int skip, int take)
    {
        if (query.Words.Count == 0)
        {
            return new(query, [], 0);
        }

        using var connection = Connect();
        var hits = FindPage(connection, query, now, skip, take);

        // Behind the last page there is nothing either.
        return hits.Count == 0 && query.Begun() is { } begun && !HasAny(connection, query, now)
            ? FindPage(connection, begun, now, skip, take)
            : hits;
    }

    /// <summary>Writes a copy in one compact file.</summary>
    public void CopyTo(string path)
    {
        using var connection = Connect();
        Execute(connection, "VACUUM INTO $path", ("$path", path));
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static SearchHits FindPage(SqliteConnection connection, SearchQuery query, DateTimeOffset now, int skip, int take)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Find;
        command.Parameters.AddWithValue("$found", IndexLanguage.Found(query));
        command.Parameters.AddWithValue("$asTyped", IndexLanguage.AsTyped(query));
        command.Parameters.AddWithValue("$asTypedRank", query.HasMarks ? WithMarks : WithoutMarks);
        command.Parameters.AddWithValue("$inTitle", IndexLanguage.InTitle(query));
        command.Parameters.AddWithValue("$sideBySide", IndexLanguage.SideBySide(query));
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$skip", skip);
        command.Parameters.AddWithValue("$take", take);
        using var reader = command.ExecuteReader();
        var hits = new List<SearchHit>();
        var count = 0;
        while (reader.Read())
        {
            hits.Add(new(
                reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2), reader.GetString(3)));
            count = reader.GetInt32(4);
        }

        return new(query, hits, count);
    }

    private static bool HasAny(SqliteConnection connection, SearchQuery query, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Exists;
        command.Parameters.AddWithValue("$found", IndexLanguage.Found(query));
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        return (long)command.ExecuteScalar()! != 0;
    }

    private static void Remove(SqliteConnection connection, string slug)
    {
        Execute(connection, "DELETE FROM words WHERE rowid = (SELECT id FROM articles WHERE slug = $slug)", ("$slug", slug));
        Execute(connection, "DELETE FROM articles WHERE slug = $slug", ("$slug", slug));
    }

    private static void Add(SqliteConnection connection, IndexedArticle article)
    {
        Execute(
            connection,
            "INSERT INTO articles (slug, version, published, title, text) VALUES ($slug, $version, $published, $title, $text)",
            ("$slug", article.Slug),
            ("$version", article.Version),
            ("$published", article.Published.ToUnixTimeMilliseconds()),
            ("$title", article.Title),
            ("$text", article.Text));
        Execute(
            connection,
            """
            INSERT INTO words (rowid, exact_title, exact_text, plain_title, plain_text)
            VALUES (last_insert_rowid(), $title, $text, $plainTitle, $plainText)
            """,
            ("$title", article.Title),
            ("$text", article.Text),
            ("$plainTitle", VietnameseText.Fold(article.Title)),
            ("$plainText", VietnameseText.Fold(article.Text)));
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is a constant of this class; values come as parameters.")]
    private static void Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    private static void Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version == 0)
        {
            Execute(connection, Schema);
        }
        else if (version != Version)
        {
            throw new InvalidDataException($"The index in {connection.DataSource} has version {version}; ours is {Version}.");
        }

        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
        {
            throw new InvalidDataException($"The index in {connection.DataSource} is broken.");
        }

        // It can be made again from the articles, so it need not survive a power failure.
        Execute(connection, "PRAGMA journal_mode = WAL");
    }
}
