using System.Collections.Concurrent;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;

namespace PhucThuan.Portal.Articles;

/// <summary>Derives the catalogue from the container's listing; only new and changed blobs are read.</summary>
public sealed partial class CatalogueReader(ArticleReader reader, TimeProvider clock, ILogger<CatalogueReader> logger)
{
    private const int ConcurrentReads = 8;

    /// <summary>Removed articles are remembered for this long, and no more than so many.</summary>
    private static readonly TimeSpan RemovedMemory = TimeSpan.FromDays(366);

    private const int MaxRemoved = 10_000;

    // Blobs that editors were told about, so that the log says it once and not at every listing.
    private readonly ConcurrentDictionary<string, bool> _told = new();

    /// <summary>The present catalogue, the same object as <paramref name="known"/> when nothing has changed.</summary>
    public async Task<Catalogue> ReadAsync(Catalogue known, CancellationToken cancellationToken)
    {
        var knownEntries = known.Entries.ToDictionary(entry => entry.Summary.Slug);
        var entries = new ConcurrentBag<CatalogueEntry>();
        await Parallel.ForEachAsync(
            reader.ListAsync(cancellationToken).Where(IsArticle),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (blob, token) =>
            {
                var slug = Slug.FromBlobName(blob.Name)!;
                if (knownEntries.TryGetValue(slug, out var entry) && entry.BlobETag == CatalogueEntry.FormatETag(blob.Properties.ETag))
                {
                    entries.Add(entry);
                }
                else if (await ReadEntryAsync(slug, token) is { } read)
                {
                    entries.Add(read);
                }
            });

        List<CatalogueEntry> sorted =
        [
            .. entries
                .OrderByDescending(entry => entry.Summary.Published)
                .ThenBy(entry => entry.Summary.Slug, StringComparer.Ordinal),
        ];
        return sorted.SequenceEqual(known.Entries) ? known : new Catalogue(sorted, Removed(known, sorted));
    }

    private Dictionary<string, DateTimeOffset> Removed(Catalogue known, List<CatalogueEntry> present)
    {
        var now = clock.GetUtcNow();
        var slugs = present.Select(entry => entry.Summary.Slug).ToHashSet();
        return known.Entries
            .Select(entry => KeyValuePair.Create(entry.Summary.Slug, now))
            .Concat(known.Removed)
            .Where(removed => !slugs.Contains(removed.Key) && now - removed.Value < RemovedMemory)
            .DistinctBy(removed => removed.Key)
            .OrderByDescending(removed => removed.Value)
            .Take(MaxRemoved)
            .ToDictionary();
    }

    private bool IsArticle(BlobItem blob)
    {
        if (Slug.FromBlobName(blob.Name) is null)
        {
            if (_told.TryAdd(blob.Name, true))
            {
                Log.NameIgnored(logger, blob.Name);
            }

            return false;
        }

        return blob.Properties.ContentLength <= ArticleReader.MaxFileLength;
    }

    /// <summary>Null when the blob was deleted after the listing.</summary>
    private async Task<CatalogueEntry?> ReadEntryAsync(string slug, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(slug, known: null, cancellationToken);
        return read.Version is { } version
            ? new CatalogueEntry(CatalogueEntry.FormatETag(version.ETag), version.Article.Summary)
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Blob {Name} is not shown: the name of an article is lower-case letters a to z, digits and single"
                + " hyphens, then .html, such as thong-bao-nghi-le.html")]
        public static partial void NameIgnored(ILogger logger, string name);
    }
}
