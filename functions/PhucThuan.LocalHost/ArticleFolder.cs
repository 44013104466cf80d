using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Editors;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Storage;

namespace PhucThuan.LocalHost;

/// <summary>
/// Uploads the articles, pictures and documents of a folder to storage, and follows changes while an editor works.
/// </summary>
public sealed class ArticleFolder(DirectoryInfo folder, IServiceProvider services)
{
    /// <summary>
    /// Polling interval. A file watcher would miss changes: network drives send no events, and editors save by
    /// renaming.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The depth is limited, because symbolic links may form a cycle.</summary>
    private static readonly EnumerationOptions Search = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 4,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
    };

    private const string Media = MediaFiles.ContainerName + "/";

    private const string DraftFolder = Drafts.ContainerName + "/";

    private readonly BlobServiceClient _blobs = services.GetRequiredService<BlobServiceClient>();
    private readonly FolderRemarks _remarks = new(services.GetRequiredService<ArticleParser>());
    private readonly Dictionary<string, FolderFile> _published = [];
    private readonly HashSet<FolderFile> _failed = [];
    private readonly HashSet<string> _leftOut = [];
    private string? _trouble;

    /// <summary>Uploads every file.</summary>
    public async Task UploadAsync(CancellationToken cancellationToken)
    {
        var files = Scan();
        Console.WriteLine($"Uploading {files.Count} files from {folder.FullName} …");
        foreach (var (name, file) in files)
        {
            await TryUploadAsync(name, file, files, cancellationToken);
        }
    }

    /// <summary>Uploads every file and deletes blobs that have no file in the folder.</summary>
    public async Task MirrorAsync(CancellationToken cancellationToken)
    {
        await UploadAsync(cancellationToken);
        foreach (var name in new[] { ArticleReader.ContainerName, MediaFiles.ContainerName, Drafts.ContainerName })
        {
            var container = _blobs.GetBlobContainerClient(name);
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
            {
                if (!_published.ContainsKey(name + "/" + blob.Name) && blob.Name != EditorsKey.BlobName)
                {
                    await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
                }
            }
        }
    }

    /// <summary>Uploads changed files until canceled.</summary>
    /// <param name="deletes">True to delete the blobs of deleted files.</param>
    public async Task FollowAsync(bool deletes, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Following {folder.FullName}: a saved file reloads its page.");
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryUploadChangesAsync(deletes, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Canceled.
        }
    }

    private async Task TryUploadChangesAsync(bool deletes, CancellationToken cancellationToken)
    {
        try
        {
            await UploadChangesAsync(deletes, cancellationToken);
            _trouble = null;
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException || StorageFailures.Include(failure))
        {
            // The folder or storage is unavailable. Report it once and retry.
            cancellationToken.ThrowIfCancellationRequested();
            if (_trouble != failure.GetBaseException().Message)
            {
                _trouble = failure.GetBaseException().Message;
                await Console.Error.WriteLineAsync(_trouble);
            }
        }
    }

    private async Task UploadChangesAsync(bool deletes, CancellationToken cancellationToken)
    {
        var files = Scan();
        foreach (var (name, file) in files.Where(file => _published.GetValueOrDefault(file.Key) != file.Value))
        {
            if (await TryUploadAsync(name, file, files, cancellationToken))
            {
                Console.WriteLine($"Uploaded {name}");
            }
        }

        foreach (var (name, file) in _published.Where(file => deletes && !files.ContainsKey(file.Key)).ToList())
        {
            await _blobs.GetBlobContainerClient(file.Container)
                .DeleteBlobIfExistsAsync(file.BlobName, cancellationToken: cancellationToken);
            _published.Remove(name);
            Console.WriteLine($"Deleted {name}");
        }
    }

    /// <summary>
    /// A file whose name is not an article's is a picture or document. Word processors save pictures beside the article
    /// or in a subfolder.
    /// </summary>
    private Dictionary<string, FolderFile> Scan()
    {
        folder.Refresh();
        var files = folder.EnumerateFiles()
            .Concat(folder.EnumerateDirectories()
                .Where(directory => !IsHidden(directory))
                .SelectMany(directory => directory.EnumerateFiles("*", Search)))
            .Where(file => !IsHidden(file) && file.Exists);
        return files.Where(file => IsArticle(file) || IsServed(file))
            .Select(BlobOf)
            .DistinctBy(file => file.Name).ToDictionary(file => file.Name);
    }

    /// <summary><c>drafts/a.html</c> is <c>a.html</c> in container <c>drafts</c>, and not published.</summary>
    private FolderFile BlobOf(FileInfo file)
    {
        var path = PathOf(file);
        var (container, name) = !IsArticle(file) ? (MediaFiles.ContainerName, MediaName(file))
            : path.StartsWith(DraftFolder, StringComparison.Ordinal)
            ? (Drafts.ContainerName, path[DraftFolder.Length..])
            : (ArticleReader.ContainerName, path);
        return new(container, name, file.FullName, file.LastWriteTimeUtc, file.Length);
    }

    /// <summary>
    /// A Word file in folder <c>media</c> is an attachment; so is a .doc file, which cannot be an article.
    /// </summary>
    private bool IsArticle(FileInfo file) =>
        !PathOf(file).StartsWith(Media, StringComparison.Ordinal)
        && DocumentKinds.Of(file.Name) is not null && !DocumentKinds.IsDoubtful(file.Name)
        && OtherFiles.ReasonAgainst(PathOf(file)) is null;

    private bool IsServed(FileInfo file)
    {
        var isServed = MediaFiles.IsServed(file.Name);
        if (!isServed)
        {
            var reason = DocumentKinds.Of(file.Name) is null ? null : OtherFiles.ReasonAgainst(PathOf(file));
            ReportSkipped(file, reason ?? "các loại tệp được phép: " + string.Join(' ', MediaFiles.Extensions));
        }

        return isServed;
    }

    private void ReportSkipped(FileInfo file, string reason)
    {
        if (_leftOut.Add(file.FullName))
        {
            Console.WriteLine($"{Path.GetRelativePath(folder.FullName, file.FullName)} không được tải lên: {reason}");
        }
    }

    /// <summary><c>media/a.jpg</c> becomes <c>a.jpg</c>; <c>bai_files/a.jpg</c> keeps its folder.</summary>
    private string MediaName(FileInfo file)
    {
        var path = PathOf(file);
        return path.StartsWith(Media, StringComparison.Ordinal) ? path[Media.Length..] : path;
    }

    private string PathOf(FileInfo file) => Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/');

    /// <summary>Includes lock files of Emacs and Word. A dangling symbolic link does not exist.</summary>
    private static bool IsHidden(FileSystemInfo file) =>
        file.Name.StartsWith('.') || file.Name.StartsWith("~$", StringComparison.Ordinal);

    /// <summary>False when the file cannot be read or storage is unavailable; the next poll retries.</summary>
    private async Task<bool> TryUploadAsync(
        string name, FolderFile file, Dictionary<string, FolderFile> files, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = File.OpenRead(file.Path);
            await _blobs.GetBlobContainerClient(file.Container).GetBlobClient(file.BlobName)
                .UploadAsync(content, new BlobUploadOptions(), cancellationToken);
            _published[name] = file;
            await PrintRemarksAsync(file, files, cancellationToken);
            return true;
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException || StorageFailures.Include(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_failed.Add(file))
            {
                await Console.Error.WriteLineAsync($"{name} is not uploaded yet: {failure.GetBaseException().Message}");
            }

            return false;
        }
    }

    private async Task PrintRemarksAsync(
        FolderFile file, Dictionary<string, FolderFile> files, CancellationToken cancellationToken)
    {
        if (file.Container != MediaFiles.ContainerName)
        {
            var content = await File.ReadAllBytesAsync(file.Path, cancellationToken);
            foreach (var remark in _remarks.Of(file, content, files))
            {
                Console.WriteLine($"{file.BlobName}: {remark}");
            }
        }
    }
}
