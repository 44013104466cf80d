using System.Collections.Concurrent;
using Azure;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// Remembers versions of files that are no articles, and why: reading a file to find that it has too much markup takes
/// up to two seconds, and must not be repeated for each request.
/// </summary>
internal sealed class RefusedFiles
{
    /// <summary>About 1 KB each. Beyond, all are forgotten and read again.</summary>
    private const int MaxFiles = 2_000;

    private readonly ConcurrentDictionary<string, (ETag Version, string Reason)> _refused = new();

    /// <param name="file">Address of the blob: names repeat in articles and drafts.</param>
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
