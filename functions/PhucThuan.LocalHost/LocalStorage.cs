using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.LocalHost;

/// <summary>Creates the containers and tables that <c>infra/</c> creates in Azure.</summary>
public sealed class LocalStorage(BlobServiceClient blobs, TableServiceClient tables)
{
    /// <exception cref="LocalHostException">Storage is unavailable.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (
                var name in new[]
                {
                    ArticleReader.ContainerName,
                    MediaFiles.ContainerName,
                    Drafts.ContainerName,
                    CatalogueSnapshot.ContainerName,
                    CheckpointLog.ContainerName,
                    StoredPictures.ContainerName,
                })
            {
                await blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }

            foreach (var name in new[] { VisitTable.Name, VisitorTable.Name })
            {
                await tables.CreateTableIfNotExistsAsync(name, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException)
        {
            throw new LocalHostException(
                $"Storage at {blobs.Uri} and {tables.Uri} cannot be used: {FirstLine(failure)}", failure);
        }
    }

    public async Task<bool> HasNoArticleAsync(CancellationToken cancellationToken) =>
        !await blobs.GetBlobContainerClient(ArticleReader.ContainerName)
            .GetBlobsAsync(cancellationToken: cancellationToken)
            .AnyAsync(cancellationToken);

    private static string FirstLine(Exception failure) =>
        (failure.InnerException ?? failure).Message.Split('\n', 2)[0].Trim();
}
