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

    // Blobs whose problems are logged already, to log them once instead of at every listing.
    private readonly ConcurrentDictionary<string, bool> _told = new();

    // Entity tags of hidden blobs by slug. Not in the snapshot, because a newer version of the app may accept them.
    private readonly ConcurrentDictionary<string, string> _hidden = new();

    /// <summary>
    /// Yields intermediate catalogues when many blobs have changed, and the current catalogue last; the same object as
    /// <paramref name="known"/> when nothing has changed. Blobs that an intermediate catalogue has not read are
    /// unchanged.
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

        var entries = known.Entries.Where(entry => listed.ContainsKey(entry.Summary.Slug)).ToDictionary(entry => entry.Summary.Slug);
        var changed = listed
            .Where(blob =>
                entries.GetValueOrDefault(blob.Key)?.BlobETag != blob.Value
                    && _hidden.GetValueOrDefault(blob.Key) != blob.Value)
            .Select(blob => blob.Key).ToList();
        if (changed.Count == 0 && entries.Count == known.Entries.Count)
        {
            yield return known;
            yield break;
        }

        var read = 0;
        foreach (var batch in changed.Chunk(BatchSize).DefaultIfEmpty([]))
        {
            foreach (var (slug, article) in await ReadArticlesAsync(batch, cancellationToken))
            {
                Take(slug, article, listed, entries);
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

    /// <summary>
    /// Reads changed blobs. A blob deleted after the listing is dropped; a hidden blob is remembered.
    /// </summary>
    private void Take(
        string slug, ArticleRead read, Dictionary<string, string> listed, Dictionary<string, CatalogueEntry> entries)
    {
        if (read.Version is { Article: var article } version)
        {
            entries[slug] = new CatalogueEntry(CatalogueEntry.FormatETag(version.ETag), article.Summary);
            foreach (var remark in article.Remarks)
            {
                Log.Remark(logger, Slug.ToBlobName(slug), remark);
            }

            return;
        }

        entries.Remove(slug);
        if (read.HiddenBecause is { } reason)
        {
            _hidden[slug] = listed[slug];
            Log.Hidden(logger, Slug.ToBlobName(slug), reason);
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

    /// <summary>Entity tags of articles by slug, and that of the order of categories.</summary>
    private async Task<(Dictionary<string, string> Articles, string? Categories)> ListAsync(CancellationToken cancellationToken)
    {
        var listed = new Dictionary<string, string>();
        string? categoriesETag = null;
        await foreach (var blob in reader.ListAsync(cancellationToken))
        {
            if (blob.Name == CategoriesFile.BlobName)
            {
                categoriesETag = CatalogueEntry.FormatETag(blob.Properties.ETag);
            }
            else if (Slug.FromBlobName(blob.Name) is not { } slug)
            {
                if (_told.TryAdd(blob.Name, true))
                {
                    Log.NameIgnored(logger, blob.Name);
                }
            }
            else
            {
                listed[slug] = CatalogueEntry.FormatETag(blob.Properties.ETag);
            }
        }

        return (listed, categoriesETag);
    }

    /// <summary>Only articles that were visible: not those deleted before their publication date.</summary>
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

    private async Task<IReadOnlyDictionary<string, ArticleRead>> ReadArticlesAsync(
        string[] slugs, CancellationToken cancellationToken)
    {
        var articles = new ConcurrentDictionary<string, ArticleRead>();
        await Parallel.ForEachAsync(
            slugs,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (slug, token) => articles[slug] = await reader.ReadForListAsync(slug, token));
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

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Blob {Name} is not shown: the name of an article is lower-case letters a to z, digits and single"
                + " hyphens, then .html, such as thong-bao-nghi-le.html")]
        public static partial void NameIgnored(ILogger logger, string name);
    }
}
