using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Storage;

/// <summary>Registers options and clients of the storage account.</summary>
internal static class StorageServices
{
    /// <summary>Key of the <see cref="TableServiceClient"/> that never retries by itself.</summary>
    public const string CounterTables = "counter";

    private static readonly TimeSpan TableTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BlobTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptionsWithValidateOnStart<StorageOptions>().BindConfiguration(StorageOptions.Section);
        services.AddAzureClients(clients =>
        {
            clients.AddClient<BlobServiceClient, BlobClientOptions>((options, provider) =>
            {
                options.Retry.NetworkTimeout = BlobTimeout;
                options.Retry.MaxRetries = 1;
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                Measure(options, "blob", provider);
                var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
                return storage.AccountName is { } account
                    ? new(new Uri($"https://{account}.blob.core.windows.net"), CredentialOf(storage), options)
                    : new(storage.ConnectionString, options);
            });
            clients.AddClient<TableServiceClient, TableClientOptions>((options, provider) =>
            {
                options.Retry.MaxRetries = 2;
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                return CreateTables(options, provider);
            });
        });

        // The counter has its own retries, because only its fence shows whether a commit has happened.
        return services.AddKeyedSingleton(CounterTables, (provider, _) =>
        {
            var options = new TableClientOptions();
            options.Retry.MaxRetries = 0;
            return CreateTables(options, provider);
        });
    }

    private static TableServiceClient CreateTables(TableClientOptions options, IServiceProvider provider)
    {
        options.Retry.NetworkTimeout = TableTimeout;
        Measure(options, "table", provider);
        var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        return storage.AccountName is { } account
            ? new(new Uri($"https://{account}.table.core.windows.net"), CredentialOf(storage), options)
            : new(storage.ConnectionString, options);
    }

    private static void Measure(ClientOptions options, string service, IServiceProvider provider) => options.AddPolicy(
        new StorageMeasurement(service, provider.GetRequiredService<PortalMetrics>()), HttpPipelinePosition.PerRetry);

    private static TokenCredential CredentialOf(StorageOptions storage) => storage.ClientId is { } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId.ToString()))
        : new DefaultAzureCredential();
}
