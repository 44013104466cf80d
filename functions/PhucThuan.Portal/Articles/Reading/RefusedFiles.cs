using System.Collections.Concurrent;
using Azure;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// Negative cache: versions of files that are not articles, with the reason. Reading a file with too much markup takes
/// up to two seconds, which must not be repeated for each request.
/// </summary>
internal sealed class RefusedFiles
{
    /// <summary>Maximum number of entries of about 1 KB; above it, the cache is cleared.</summary>
    private const int MaxFiles = 2_000;

    private readonly ConcurrentDictionary<string, (ETag Version, string Reason)> _refused = new();

    /// <param name="file">Address of the blob, because articles and drafts may have equal names.</param>
    public (ETag Version, string Reason)? Find(Uri file) =>
        _refused.TryGetValue(file.AbsoluteUri, out var known) ? known : null;

    public void Add(Uri file, ETag version, string reason)
    {
        if (_refused.Count >= MaxFiles)
        {
            _refused.Clear();
        }

        _refused[file.AbsoluteUri] = (version, reason);
    }

    public void Remove(Uri file) => _refused.TryRemove(file.AbsoluteUri, out _);
}
