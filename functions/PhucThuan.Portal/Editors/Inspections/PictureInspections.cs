using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Portal.Editors.Inspections;

/// <summary>
/// Reads the sizes of pictures in container <c>media</c> from the start of each file, once per version.
/// </summary>
internal sealed class PictureInspections(BlobContainerClient media)
{
    private const int ConcurrentReads = 8;

    /// <summary>Maximum number of files in memory, about 200 bytes each.</summary>
    private const int MaxFiles = 20_000;

    private static readonly BlobDownloadOptions Start = new() { Range = new HttpRange(0, PictureHeader.Length) };

    private readonly ConcurrentDictionary<string, (string Version, PictureSize Size)> _known = new();

    /// <summary>Null for a picture that has not been read, and for other files.</summary>
    public PictureSize? Find(ListedFile file) =>
        _known.TryGetValue(file.Name, out var known) && known.Version == file.Version ? known.Size : null;

    /// <summary>Reads new and changed pictures, newest first.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task RunAsync(IReadOnlyList<ListedFile> files, CancellationToken cancellationToken)
    {
        var names = files.Select(file => file.Name).ToHashSet();
        foreach (var gone in _known.Keys.Where(name => !names.Contains(name)).ToList())
        {
            _known.TryRemove(gone, out _);
        }

        await Parallel.ForEachAsync(
            files.Where(file => PictureHeader.IsReadable(file.Name))
                .OrderByDescending(file => file.Modified).Take(MaxFiles).Where(file => Find(file) is null),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (file, token) => _known[file.Name] = (file.Version, await ReadAsync(file, token)));
    }

    private async Task<PictureSize> ReadAsync(ListedFile file, CancellationToken cancellationToken)
    {
        try
        {
            var start = await media.GetBlobClient(file.Name).DownloadContentAsync(Start, cancellationToken);
            return PictureHeader.Read(start.Value.Content.ToArray()) is var (width, height)
                ? new(width, height)
                : new(0, 0);
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 416)
        {
            return new(0, 0); // deleted in the meantime, or empty
        }
    }
}
