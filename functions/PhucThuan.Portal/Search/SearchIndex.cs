using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PhucThuan.Portal.Search;

/// <summary>
/// A full-text index in a file (SQLite FTS5). Words are indexed twice, as written and without marks, so that a search
/// finds both and ranks exact matches first. One writer at a time; readers do not wait for the writer.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>
    /// Version of the schema, of the indexed content, and of tokenizing and folding. Increment it with each change.
    /// </summary>
    public const string Version = "5"; // a string, to concatenate it in other constants

    // "exact" before "plain", because bm25 takes weights in column order. The FTS table is contentless; the text is
    // stored once, in table articles.
    private const string Schema = $"""
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            slug TEXT NOT NULL UNIQUE,
            version TEXT NOT NULL,
            published INTEGER NOT NULL,
            category TEXT,
            year INTEGER NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL);
        CREATE VIRTUAL TABLE words USING fts5 (
            exact_title, exact_text, exact_labels, plain_title, plain_text, plain_labels,
            content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
        PRAGMA user_version = {Version};
        """;

    private readonly string _connectionString;

    private SearchIndex(string path) =>
        _connectionString =
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite }.ConnectionString;

    /// <summary>
    /// Opens the index at <paramref name="path"/>, or creates an empty one when the file does not exist.
    /// </summary>
    /// <exception cref="SqliteException">The file is not a valid database.</exception>
    /// <exception cref="InvalidDataException">The index has another version.</exception>
    public static SearchIndex Open(string path)
    {
        var index = new SearchIndex(path);
        try
        {
            // Created here, because SQLite would later replace a deleted file with an empty one.
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

    /// <summary>
    /// True when the file is missing or corrupt, for example deleted by a cleaner of temporary files. It stays true.
    /// </summary>
    public static bool IsLost(SqliteException failure) => failure.SqliteErrorCode is
        raw.SQLITE_CANTOPEN or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR or raw.SQLITE_READONLY;

    /// <summary>Versions of the indexed articles by slug.</summary>
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

    /// <summary>Removes and inserts or replaces articles in one transaction.</summary>
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
    /// Articles published until <paramref name="now"/> that contain every word, best first. Articles with the words
    /// close together and the typed marks precede others. Without such articles, the last word is treated as a prefix;
    /// without any match, half of the words are sufficient.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; a running statement is interrupted.</exception>
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
            return new SearchAttempts(connection, now, skip, take, cancellationToken).Find(query);
        }
        catch (SqliteException interrupted) when (interrupted.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(interrupted.Message, interrupted, cancellationToken);
        }
    }

    /// <summary>Writes a compact copy to one file.</summary>
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
        Execute(
            connection,
            "DELETE FROM words WHERE rowid = (SELECT id FROM articles WHERE slug = $slug)",
            ("$slug", slug));
        Execute(connection, "DELETE FROM articles WHERE slug = $slug", ("$slug", slug));
    }

    private static void Add(SqliteConnection connection, IndexedArticle article)
    {
        Execute(
            connection,
            "INSERT INTO articles (slug, version, published, category, year, title, text) "
                + "VALUES ($slug, $version, $published, $category, $year, $title, $text)",
            ("$slug", article.Slug),
            ("$version", article.Version),
            ("$published", article.Published.ToUnixTimeMilliseconds()),
            ("$category", article.Category ?? (object)DBNull.Value),
            ("$year", article.Published.ToVietnamTime().Year),
            ("$title", article.Title),
            ("$text", article.Text));
        var (title, text, labels) = (
            SearchTokens.Normalize(article.Title),
            SearchTokens.Normalize(article.Text),
            SearchTokens.Normalize(article.Labels));
        Execute(
            connection,
            """
            INSERT INTO words (rowid, exact_title, exact_text, exact_labels, plain_title, plain_text, plain_labels)
            VALUES (last_insert_rowid(), $title, $text, $labels, $plainTitle, $plainText, $plainLabels)
            """,
            ("$title", title),
            ("$text", text),
            ("$labels", labels),
            ("$plainTitle", VietnameseText.Fold(title)),
            ("$plainText", VietnameseText.Fold(text)),
            ("$plainLabels", VietnameseText.Fold(labels)));
    }

    [SuppressMessage(
        "Security", "CA2100", Justification = "The SQL is a constant of this class; values are parameters.")]
    private static void Execute(
        SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
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
            throw new InvalidDataException(
                $"The index in {connection.DataSource} has version {version}; expected is {Version}.");
        }

        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
        {
            throw new InvalidDataException($"The index in {connection.DataSource} is invalid.");
        }

        // No fsync: the index can be rebuilt from the articles after a power failure.
        Execute(connection, "PRAGMA journal_mode = WAL");
    }
}
