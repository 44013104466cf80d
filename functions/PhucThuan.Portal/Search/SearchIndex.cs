using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PhucThuan.Portal.Search;

/// <summary>
/// A full-text index in a file: SQLite's FTS5. Words are kept twice, as written and without marks, so that a search finds
/// both and shows what was written the same way first. One writer at a time; readers do not wait for it.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>A number that goes up with every change of the tables, of what is searched, or of how words are cut and folded.</summary>
    public const string Version = "4"; // a text, because other constants are made with it

    // "exact" in front of "plain" for bm25, which takes weights in the order of columns. The table keeps no text of its
    // own (contentless), articles has it once.
    private const string Schema = $"""
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            slug TEXT NOT NULL UNIQUE,
            version TEXT NOT NULL,
            published INTEGER NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL);
        CREATE VIRTUAL TABLE words USING fts5 (
            exact_title, exact_text, exact_labels, plain_title, plain_text, plain_labels,
            content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
        PRAGMA user_version = {Version};
        """;

    private readonly string _connectionString;

    private SearchIndex(string path) =>
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite }.ConnectionString;

    /// <summary>Opens the index at <paramref name="path"/>, or makes an empty one when there is no file.</summary>
    /// <exception cref="SqliteException">The file is no database, or broken.</exception>
    /// <exception cref="InvalidDataException">It is an index of another version of the app.</exception>
    public static SearchIndex Open(string path)
    {
        var index = new SearchIndex(path);
        try
        {
            // Not left to SQLite, which would later make an empty index of one that was taken away.
            File.Open(path, FileMode.OpenOrCreate).Dispose();
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

    /// <summary>Whether the file is gone or broken, as when a cleaner of temporary files took it. It does not come back.</summary>
    public static bool IsLost(SqliteException failure) => failure.SqliteErrorCode is
        raw.SQLITE_CANTOPEN or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR or raw.SQLITE_READONLY;

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
    /// word may be the beginning of one; then half of the words are enough.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; a statement under way is interrupted.</exception>
    public SearchHits Search(
        SearchQuery query, DateTimeOffset now, int skip, int take, CancellationToken cancellationToken)
    {
        if (query.Words.Count == 0)
        {
            return new(query, [], 0);
        }

        using var connection = Connect();
        using var interrupt = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            foreach (var attempt in new[] { query, query.Begun(), query.Partial() }.OfType<SearchQuery>())
            {
                // An interrupt between two statements has no effect.
                cancellationToken.ThrowIfCancellationRequested();

                // A page beyond the last one has no hits either.
                var hits = SearchStatement.FindPage(connection, attempt, now, skip, take);
                if (hits.Count > 0
                    || (skip > 0 && SearchStatement.FindPage(connection, attempt, now, skip: 0, take: 1).Count > 0))
                {
                    return hits;
                }
            }

            return new(query, [], 0);
        }
        catch (SqliteException interrupted) when (interrupted.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(interrupted.Message, interrupted, cancellationToken);
        }
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
            INSERT INTO words (rowid, exact_title, exact_text, exact_labels, plain_title, plain_text, plain_labels)
            VALUES (last_insert_rowid(), $title, $text, $labels, $plainTitle, $plainText, $plainLabels)
            """,
            ("$title", VietnameseText.WithLateTones(article.Title)),
            ("$text", VietnameseText.WithLateTones(article.Text)),
            ("$labels", VietnameseText.WithLateTones(article.Labels)),
            ("$plainTitle", VietnameseText.Fold(article.Title)),
            ("$plainText", VietnameseText.Fold(article.Text)),
            ("$plainLabels", VietnameseText.Fold(article.Labels)));
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
        var version = Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version == "0")
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
