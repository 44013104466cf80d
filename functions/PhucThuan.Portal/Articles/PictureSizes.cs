using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PhucThuan.Portal.Http;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles;

/// <summary>
/// Gives the pictures of an article their sizes, so that the text does not jump when they come. Word processors write them
/// into the file; whoever writes HTML by hand rarely does.
/// </summary>
public sealed class PictureSizes(BlobServiceClient blobs, IFusionCache cache)
{
    /// <summary>Pictures of an article that are looked up; further ones stay as they are.</summary>
    private const int MaxPictures = 100;

    private const int ConcurrentReads = 8;

    private const string Folder = "/media/";

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(MediaFiles.ContainerName);

    /// <summary>The body with sizes for what lies in container <c>media</c>; a picture that cannot be read stays without.</summary>
    public async Task<string> ApplyAsync(string body, CancellationToken cancellationToken)
    {
        if (!body.Contains("<img", StringComparison.Ordinal))
        {
            return body;
        }

        using var document = await new HtmlParser().ParseDocumentAsync(body, cancellationToken);
        var pictures = document.QuerySelectorAll<IHtmlImageElement>($"img[src^='{Folder}']:not([width][height])")
            .Take(MaxPictures).ToList();
        var sizes = new (int Width, int Height)?[pictures.Count];
        await Parallel.ForAsync(
            0,
            pictures.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (index, token) => sizes[index] = await FindAsync(pictures[index].GetAttribute("src")!, token));
        foreach (var (picture, size) in pictures.Zip(sizes))
        {
            if (size is var (width, height))
            {
                picture.DisplayWidth = width;
                picture.DisplayHeight = height;
            }
        }

        return sizes.Any(size => size is not null)
            ? document.Body!.InnerHtml.Replace("&nbsp;", "\u00A0", StringComparison.Ordinal)
            : body;
    }

    private ValueTask<(int Width, int Height)?> FindAsync(string address, CancellationToken cancellationToken) =>
        cache.GetOrSetAsync<(int Width, int Height)?>(
            "picture-size:" + address,
            async (_, token) => await ReadAsync(Uri.UnescapeDataString(address[Folder.Length..]), token),
            Kept,
            token: cancellationToken);

    private async Task<(int Width, int Height)?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var start = new BlobDownloadOptions { Range = new Azure.HttpRange(0, PictureHeader.Length) };
        foreach (var name in MediaFiles.BlobNamesOf(path))
        {
            try
            {
                var picture = await _container.GetBlobClient(name).DownloadContentAsync(start, cancellationToken);
                return PictureHeader.Read(picture.Value.Content.ToArray());
            }
            catch (Exception failure) when (StorageFailures.Include(failure))
            {
                // Not there, or not now: the page comes without its size.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return null;
    }
}
