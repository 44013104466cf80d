using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Storage;

/// <summary>Registers options and clients of the storage account.</summary>
internal static class StorageServices
{
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
                var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
                return storage.AccountName is { } account
                    ? new(new Uri($"https://{account}.blob.core.windows.net"), CredentialOf(storage), options)
                    : new(storage.ConnectionString, options);
            });
            clients.AddClient<TableServiceClient, TableClientOptions>((options, provider) =>
            {
                // The counter retries itself, because only it can verify whether a commit happened.
                options.Retry.NetworkTimeout = TableTimeout;
                options.Retry.MaxRetries = 0;
                var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
                return storage.AccountName is { } account
                    ? new(new Uri($"https://{account}.table.core.windows.net"), CredentialOf(storage), options)
                    : new(storage.ConnectionString, options);
            });
        });
        return services;
    }

    private static TokenCredential CredentialOf(StorageOptions storage) => storage.ClientId is { } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId.ToString()))
        : new DefaultAzureCredential();
}
