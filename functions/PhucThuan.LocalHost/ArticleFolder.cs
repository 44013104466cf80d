using System.Collections.Frozen;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PhucThuan.Portal.Articles;

namespace PhucThuan.LocalHost;

/// <summary>
/// Brings a folder's articles (<c>{slug}.html</c>) and pictures (in folder <c>media</c>) into storage, and keeps it so
/// while an editor works on them.
/// </summary>
public sealed class ArticleFolder(DirectoryInfo folder, IServiceProvider services)
{
    /// <summary>
    /// Looked at twice a second, not watched: network drives send no events, and editors save by renaming.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly BlobServiceClient _blobs = services.GetRequiredService<BlobServiceClient>();
    private FrozenDictionary<string, FileVersion> _published = FrozenDictionary<string, FileVersion>.Empty;

    /// <summary>Uploads every file.</summary>
    public async Task UploadAsync(CancellationToken cancellationToken)
    {
        var files = Scan();
        Console.WriteLine($"Uploading {files.Count} files from {folder.FullName} …");
        foreach (var file in files.Values)
        {
            await UploadAsync(file, cancellationToken);
        }

        _published = files;
    }

    /// <summary>Uploads every file, and deletes from storage what the folder does not hold.</summary>
    public async Task MirrorAsync(CancellationToken cancellationToken)
    {
        await UploadAsync(cancellationToken);
        foreach (var name in new[] { ArticleReader.ContainerName, MediaFiles.ContainerName })
        {
            var container = _blobs.GetBlobContainerClient(name);
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
            {
                if (!_published.ContainsKey(name + "/" + blob.Name))
                {
                    await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
                }
            }
        }
    }

    /// <summary>Brings over what changes, until cancelled.</summary>
    /// <param name="deletes">Whether a file deleted from the folder is deleted from storage.</param>
    public async Task FollowAsync(bool deletes, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Following {folder.FullName}: save a file, then reload its page.");
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    await BringChangesAsync(deletes, cancellationToken);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
                    or Azure.RequestFailedException or AggregateException)
                {
                    // A file still being written, or storage away for a moment: the next look finds it again.
                    await Console.Error.WriteLineAsync($"Will try again: {failure.Message}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of following.
        }
    }

    private async Task BringChangesAsync(bool deletes, CancellationToken cancellationToken)
    {
        var files = Scan();
        var changed = files.Where(file => _published.GetValueOrDefault(file.Key) != file.Value).ToList();
        var deleted = _published.Where(file => deletes && !files.ContainsKey(file.Key)).ToList();
        foreach (var (name, file) in changed)
        {
            await UploadAsync(file, cancellationToken);
            Console.WriteLine($"Uploaded {name}");
        }

        foreach (var (name, file) in deleted)
        {
            await _blobs.GetBlobContainerClient(file.Container)
                .DeleteBlobIfExistsAsync(file.BlobName, cancellationToken: cancellationToken);
            Console.WriteLine($"Deleted {name}");
        }

        _published = files;
        await ForgetPagesAsync([.. changed, .. deleted]);
    }

    /// <summary>So that the first reload after saving shows what was saved.</summary>
    private async Task ForgetPagesAsync(IReadOnlyCollection<KeyValuePair<string, FileVersion>> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        await services.GetRequiredService<HomePage>().ForgetAsync();
        foreach (var (_, file) in files)
        {
            if (Slug.FromBlobName(file.BlobName) is { } slug)
            {
                await services.GetRequiredService<ArticlePages>().ForgetAsync(slug);
            }
        }
    }

    private FrozenDictionary<string, FileVersion> Scan()
    {
        folder.Refresh();
        var articles = folder.EnumerateFiles("*.html").Select(file => new FileVersion(
            ArticleReader.ContainerName, file.Name, file.FullName, file.LastWriteTimeUtc, file.Length));
        var media = new DirectoryInfo(Path.Combine(folder.FullName, "media"));
        var pictures = !media.Exists ? [] : media.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => new FileVersion(
            MediaFiles.ContainerName,
            Path.GetRelativePath(media.FullName, file.FullName).Replace('\\', '/'),
            file.FullName,
            file.LastWriteTimeUtc,
            file.Length));
        return articles.Concat(pictures).ToFrozenDictionary(file => file.Container + "/" + file.BlobName);
    }

    private async Task UploadAsync(FileVersion file, CancellationToken cancellationToken)
    {
        if (file.Container == ArticleReader.ContainerName && Slug.FromBlobName(file.BlobName) is null)
        {
            Console.WriteLine(
                $"{file.BlobName} is uploaded but not shown: the name of an article is lower-case letters a to z, digits"
                + " and single hyphens, then .html, such as thong-bao-nghi-le.html");
        }

        await using var content = File.OpenRead(file.Path);
        await _blobs.GetBlobContainerClient(file.Container).GetBlobClient(file.BlobName)
            .UploadAsync(content, new BlobUploadOptions(), cancellationToken);
    }

    private sealed record FileVersion(string Container, string BlobName, string Path, DateTime Written, long Length);
}
