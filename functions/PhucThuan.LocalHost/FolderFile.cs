namespace PhucThuan.LocalHost;

/// <summary>A version of a file in the folder, and the blob that it is uploaded to.</summary>
/// <param name="Length">Bytes.</param>
internal sealed record FolderFile(string Container, string BlobName, string Path, DateTime Written, long Length)
{
    /// <summary>Container and name of the blob.</summary>
    public string Name => Container + "/" + BlobName;
}
