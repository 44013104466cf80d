using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PhucThuan.LocalHost;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests;

/// <summary>An Azurite for one class of tests, with the containers and the tables, empty at the start.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("phucthuan-");
    private AzuriteServer? _server;

    public string ConnectionString => _server!.ConnectionString;

    public BlobContainerClient Articles => new(ConnectionString, ArticleReader.ContainerName);

    public BlobContainerClient Media => new(ConnectionString, MediaFiles.ContainerName);

    public BlobContainerClient Catalogue => new(ConnectionString, CatalogueSnapshot.ContainerName);

    public TableClient Visits => new(ConnectionString, VisitTable.Name);

    public TableClient Visitors => new(ConnectionString, VisitorTable.Name);

    public async ValueTask InitializeAsync()
    {
        _server = await AzuriteServer.StartAsync(_data, TestContext.Current.CancellationToken);
        await Articles.CreateIfNotExistsAsync();
        await Media.CreateIfNotExistsAsync();
        await Catalogue.CreateIfNotExistsAsync();
        await Visits.CreateIfNotExistsAsync();
        await Visitors.CreateIfNotExistsAsync();
    }

    public Task UploadAsync(string slug, string html) =>
        Articles.GetBlobClient(slug + ".html").UploadAsync(BinaryData.FromString(html), overwrite: true);

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
