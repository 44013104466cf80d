namespace PhucThuan.LocalHost;

/// <summary>A version of a file of the folder, and the blob that it becomes.</summary>
/// <param name="Length">Bytes.</param>
internal sealed record FolderFile(string Container, string BlobName, string Path, DateTime Written, long Length)
{
    /// <summary>Names the blob among those of all containers.</summary>
    public string Name => Container + "/" + BlobName;
}
