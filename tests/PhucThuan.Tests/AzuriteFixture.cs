using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests;

/// <summary>A storage account for one test class (or one test), with empty containers and tables.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public BlobContainerClient Articles => new(ConnectionString, ArticleReader.ContainerName);

    public BlobContainerClient Media => new(ConnectionString, MediaFiles.ContainerName);

    public BlobContainerClient DraftFiles => new(ConnectionString, Drafts.ContainerName);

    public BlobContainerClient Catalogue => new(ConnectionString, CatalogueSnapshot.ContainerName);

    public BlobContainerClient Checkpoints => new(ConnectionString, CheckpointLog.ContainerName);

    public BlobContainerClient Pictures => new(ConnectionString, StoredPictures.ContainerName);

    public TableClient Visits => new(ConnectionString, VisitTable.Name);

    public TableClient Visitors => new(ConnectionString, VisitorTable.Name);

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await SharedAzurite.TakeAccountAsync();
        await Articles.CreateIfNotExistsAsync();
        await Media.CreateIfNotExistsAsync();
        await DraftFiles.CreateIfNotExistsAsync();
        await Catalogue.CreateIfNotExistsAsync();
        await Checkpoints.CreateIfNotExistsAsync();
        await Pictures.CreateIfNotExistsAsync();
        await Visits.CreateIfNotExistsAsync();
        await Visitors.CreateIfNotExistsAsync();
    }

    public Task UploadAsync(string slug, string html) =>
        Articles.GetBlobClient(slug + ".html").UploadAsync(BinaryData.FromString(html), overwrite: true);

    public ValueTask DisposeAsync() => default;
}
