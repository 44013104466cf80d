using Azure.Storage.Blobs;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Editors;
using PhucThuan.Portal.Storage;

namespace PhucThuan.LocalHost;

/// <summary>
/// Shows the address of the editors' desk, which the function app writes into a blob when it has started.
/// </summary>
public sealed class EditorsLink(BlobServiceClient blobs)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Waits until the blob contains a link to <paramref name="portal"/> and prints it. Returns when cancelled.
    /// </summary>
    public async Task ShowAsync(Uri portal, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                if (await TryReadAsync(cancellationToken) is { } link
                    && link.StartsWith(portal.ToString(), StringComparison.Ordinal))
                {
                    Console.WriteLine($"Editors' desk: {link}");
                    Console.WriteLine($"The same as JSON: {link}/tinh-trang.json");
                    return;
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // LocalHost ends.
        }
    }

    private async Task<string?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var blob = blobs.GetBlobContainerClient(Drafts.ContainerName).GetBlobClient(EditorsKey.BlobName);
            return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToString().Trim();
        }
        catch (Exception failure) when (StorageFailures.Include(failure) && !cancellationToken.IsCancellationRequested)
        {
            return null; // not written yet
        }
    }
}
