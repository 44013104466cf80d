using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>Derives the catalogue from the container's listing; only new and changed blobs are read.</summary>
public sealed partial class CatalogueReader(
    ArticleReader reader, CategoriesFile categories, TimeProvider clock, ILogger<CatalogueReader> logger)
{
    private const int ConcurrentReads = 8;

    /// <summary>Number of blobs between two intermediate catalogues.</summary>
    internal const int BatchSize = 500;

    /// <summary>Retention and maximum number of removed articles.</summary>
    private static readonly TimeSpan RemovedMemory = TimeSpan.FromDays(366);

    private const int MaxRemoved = 10_000;

    // Names of files whose problems have been logged, to log them once and not for every listing.
    private readonly ConcurrentDictionary<string, bool> _logged = new();

    // Entity tags of hidden blobs by name. Not in the snapshot, because a newer version of the app may accept them.
    private readonly ConcurrentDictionary<string, string> _hidden = new();

    /// <summary>
    /// Yields intermediate catalogues when many blobs have changed, and the current catalogue last; the same object as
    /// <paramref name="known"/> when nothing has changed. Intermediate catalogues contain the known version of articles
    /// that have not been read yet.
    /// </summary>
    public async IAsyncEnumerable<Catalogue> ReadAsync(
        Catalogue known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (listed, categoriesETag) = await ListAsync(cancellationToken);
        if (categoriesETag != known.CategoriesETag)
        {
            known = known with
            {
                CategoryNames = categoriesETag is null ? [] : await categories.ReadAsync(cancellationToken),
                CategoriesETag = categoriesETag,
            };
        }

        var entries = known.Entries.Where(entry => listed.ContainsKey(entry.Summary.Slug))
            .ToDictionary(entry => entry.Summary.Slug);
        var changed = listed.Values
            .Where(blob =>
                !IsSame(blob, entries.GetValueOrDefault(blob.Name.Slug))
                    && _hidden.GetValueOrDefault(blob.Name.BlobName) != blob.ETag)
            .ToList();
        if (changed.Count == 0 && entries.Count == known.Entries.Count)
        {
            yield return known;
            yield break;
        }

        var read = 0;
        foreach (var batch in changed.Chunk(BatchSize).DefaultIfEmpty([]))
        {
            foreach (var (blob, article) in await ReadArticlesAsync(batch, cancellationToken))
            {
                Apply(blob, article, listed, entries);
            }

            read += batch.Length;
            if (changed.Count > BatchSize)
            {
                Log.Progress(logger, read, changed.Count);
            }

            yield return new Catalogue(Sort(entries.Values), Removed(known, listed.ContainsKey))
            {
                CategoryNames = known.CategoryNames,
                CategoriesETag = known.CategoriesETag,
            };
        }
    }

    private static bool IsSame(ListedArticle blob, CatalogueEntry? known) =>
        known is not null && known.BlobETag == blob.ETag && known.BlobName == blob.Name.BlobName;

    /// <summary>
    /// Updates the entries with a read blob. A blob that was deleted after the listing is removed; a hidden one is
    /// remembered, so that it is not read again.
    /// </summary>
    private void Apply(
        ListedArticle blob,
        ArticleRead read,
        Dictionary<string, ListedArticle> listed,
        Dictionary<string, CatalogueEntry> entries)
    {
        var (slug, name) = (blob.Name.Slug, blob.Name.BlobName);
        if (read.Version is { Article: var article } version)
        {
            entries[slug] = new CatalogueEntry(name, CatalogueEntry.FormatETag(version.ETag), article.Summary);
            foreach (var remark in article.Remarks)
            {
                Log.Remark(logger, name, remark);
            }

            return;
        }

        entries.Remove(slug);
        if (read.HiddenBecause is { } reason)
        {
            _hidden[name] = blob.ETag;
            Log.Hidden(logger, name, reason);
        }
        else
        {
            listed.Remove(slug);
        }
    }

    private static List<CatalogueEntry> Sort(IEnumerable<CatalogueEntry> entries) =>
    [
        .. entries
            .OrderByDescending(entry => entry.Summary.Published)
            .ThenBy(entry => entry.Summary.Slug, StringComparer.Ordinal),
    ];

    /// <summary>Articles by slug, and the entity tag of <see cref="CategoriesFile"/>. Logs other files once.</summary>
    private async Task<(Dictionary<string, ListedArticle> Articles, string? Categories)> ListAsync(
        CancellationToken cancellationToken)
    {
        var blobs = await reader.ListAsync(cancellationToken)
            .Select(blob => new ListedBlob(
                blob.Name,
                CatalogueEntry.FormatETag(blob.Properties.ETag),
                blob.Properties.CreatedOn ?? DateTimeOffset.MinValue))
            .ToListAsync(cancellationToken);
        var categories = blobs.FirstOrDefault(blob => blob.Name == CategoriesFile.BlobName)?.ETag;
        var listing = ArticleListing.Of([.. blobs.Where(blob => blob.Name != CategoriesFile.BlobName)]);
        foreach (var (name, reason) in listing.Others.Where(file => _logged.TryAdd(file.BlobName, true)))
        {
            Log.Hidden(logger, name, reason);
        }

        return (listing.Articles.ToDictionary(), categories);
    }

    /// <summary>Removed articles that were visible, without those that were deleted before their publication.</summary>
    private Dictionary<string, DateTimeOffset> Removed(Catalogue known, Func<string, bool> isThere)
    {
        var now = clock.GetUtcNow();
        return known.Entries
            .Where(entry => entry.Summary.Published <= now)
            .Select(entry => KeyValuePair.Create(entry.Summary.Slug, now))
            .Concat(known.Removed)
            .Where(removed => !isThere(removed.Key) && now - removed.Value < RemovedMemory)
            .DistinctBy(removed => removed.Key)
            .OrderByDescending(removed => removed.Value)
            .Take(MaxRemoved)
            .ToDictionary();
    }

    private async Task<IReadOnlyDictionary<ListedArticle, ArticleRead>> ReadArticlesAsync(
        ListedArticle[] blobs, CancellationToken cancellationToken)
    {
        var articles = new ConcurrentDictionary<ListedArticle, ArticleRead>();
        await Parallel.ForEachAsync(
            blobs,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (blob, token) => articles[blob] = await reader.ReadForListAsync(blob.Name, token));
        return articles;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information, Message = "Catalogue: {Done} of {All} new or changed articles read")]
        public static partial void Progress(ILogger logger, int done, int all);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Blob {Name} is not shown: {Reason}")]
        public static partial void Hidden(ILogger logger, string name, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Blob {Name}: {Remark}")]
        public static partial void Remark(ILogger logger, string name, string remark);
    }
}
