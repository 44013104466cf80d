using PhucThuan.Portal.Search;

namespace PhucThuan.Tests.Search;

/// <summary>An empty search index in a temporary folder.</summary>
internal sealed class TemporaryIndex : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phucthuan-index-");

    public TemporaryIndex() => Index = SearchIndex.Open(Path.Combine(_folder.FullName, "search.db"));

    public static DateTimeOffset Now { get; } = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    public SearchIndex Index { get; }

    /// <param name="title">Also the slug.</param>
    public void Add(string title, string text, int daysAgo = 1, string labels = "") =>
        Index.Change([], [new(title, "1", Now.AddDays(-daysAgo), title, text, labels)]);

    /// <summary>The titles of the first page.</summary>
    public List<string> Find(string query) => [.. Find(query, 0, 20).Page.Select(hit => hit.Title)];

    public SearchHits Find(string query, int skip, int take) =>
        Index.Search(SearchQuery.Parse(query), Now, skip, take, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Index.Dispose();
        _folder.Delete(recursive: true);
    }
}
