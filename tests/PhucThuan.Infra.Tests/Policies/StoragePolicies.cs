using System.Text.Json.Nodes;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>
/// Storage accounts: identity only, versioning, soft delete, lifecycle rules and locks.
/// </summary>
internal static class StoragePolicies
{
    private static readonly Func<JsonObject, bool> IsContent = resource =>
        resource.Name().Contains("data", StringComparison.Ordinal);

    public static IReadOnlyList<Policy> All { get; } =
    [
        Account("Shared keys are disabled", "properties.allowSharedKeyAccess", false, true),
        Account("Accounts require TLS 1.2", "properties.minimumTlsVersion", "TLS1_2", "TLS1_0"),
        Account("Accounts require HTTPS", "properties.supportsHttpsTrafficOnly", true, false),
        Account("No blob is public", "properties.allowBlobPublicAccess", false, true),
        Account("Replication to other tenants is disabled", "properties.allowCrossTenantReplication", false, true),
        Account("Copies are restricted to the tenant", "properties.allowedCopyScope", "AAD", "PrivateLink"),
        Account(
            "The Azure portal uses the identity by default",
            "properties.defaultToOAuthAuthentication",
            true,
            false),
        Policy.Exactly(
            "Azure services do not bypass the firewall of the host account",
            Policy.Everywhere,
            (Accounts, "host"),
            "properties.networkAcls.bypass",
            "\"None\"",
            ("properties.networkAcls.bypass", "AzureServices")),
        Policy.Exactly(
            "Lifecycle rules bypass the firewall of the content account",
            Policy.Everywhere,
            (Accounts, "data"),
            "properties.networkAcls.bypass",
            "\"AzureServices\"",
            ("properties.networkAcls.bypass", "None")),
        Policy.Exactly(
            "SFTP, NFS and local users are disabled",
            Policy.Everywhere,
            (Accounts, ""),
            "properties.isSftpEnabled properties.isLocalUserEnabled properties.isNfsV3Enabled",
            "[null, null, null]",
            ("properties.isLocalUserEnabled", true)),
        new(
            "Containers are private",
            Policy.Everywhere,
            all => all.Every(Containers, container => container.Is("properties.publicAccess", "None")),
            all => all.Single(Containers, "/articles").Set("properties.publicAccess", "Blob")),
        new(
            "Packages and articles are in separate accounts",
            Policy.Everywhere,
            all =>
                all.Every(
                    Containers,
                    container => IsContent(container) == container.LastName() is not ("deployment" or "packages")),
            all => Move(all.Single(Containers, "/packages"), all.OfType(Accounts).Single(IsContent).Name())),
        new(
            "Overwritten articles are recoverable",
            Policy.Everywhere,
            all =>
                all.OfType(BlobServices)
                    .Where(IsContent)
                    .Where(service => !service.Is("properties.isVersioningEnabled", true))
                    .Select(ResourceExtensions.Name),
            all => all.OfType(BlobServices).Single(IsContent).Set("properties.isVersioningEnabled", false)),
        new(
            "Deleted blobs are recoverable: articles for 90 days, packages for 7 days",
            Policy.Everywhere,
            all => all.Every(BlobServices, service => IsKept(service, "properties.deleteRetentionPolicy")),
            all => all.OfType(BlobServices).Single(IsContent).Set("properties.deleteRetentionPolicy.days", 89)),
        new(
            "Deleted containers are recoverable",
            Policy.Everywhere,
            all => all.Every(BlobServices, service => IsKept(service, "properties.containerDeleteRetentionPolicy")),
            all => all.OfType(BlobServices)[0].Set("properties.containerDeleteRetentionPolicy.enabled", false)),
        Policy.Exactly(
            "Old versions are deleted after 90 days, those of the catalogue after one day",
            Policy.Everywhere,
            (Lifecycles, ""),
            "properties.policy.rules.0 properties.policy.rules.1",
            """
            [
              {"name": "old-versions", "type": "Lifecycle", "enabled": true, "definition": {
                "filters": {"blobTypes": ["blockBlob"]},
                "actions": {"version": {"delete": {"daysAfterCreationGreaterThan": 90}}}
              }},
              {"name": "old-catalogues", "type": "Lifecycle", "enabled": true, "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["catalogue/"]},
                "actions": {"version": {"delete": {"daysAfterCreationGreaterThan": 1}}}
              }}
            ]
            """,
            ("properties.policy.rules.1.definition.filters.prefixMatch.0", "articles/")),
        Policy.Exactly(
            "Resized pictures are deleted after 30 days, and nothing else is",
            Policy.Everywhere,
            (Lifecycles, ""),
            "properties.policy.rules.2 properties.policy.rules.3",
            """
            [
              {"name": "old-pictures", "type": "Lifecycle", "enabled": true, "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["pictures/"]},
                "actions": {
                  "baseBlob": {"delete": {"daysAfterCreationGreaterThan": 30}},
                  "version": {"delete": {"daysAfterCreationGreaterThan": 1}}
                }
              }},
              null
            ]
            """,
            ("properties.policy.rules.2.definition.filters.prefixMatch.0", "media/")),
        new(
            "Storage is in three zones",
            Policy.Production,
            all => all.Every(Accounts, account => account.Is("sku.name", "Standard_ZRS")),
            all => all.OfType(Accounts)[0].Set("sku.name", "Standard_LRS")),
        new(
            "Storage is in one zone, which costs a fifth less",
            Policy.Economical,
            all => all.Every(Accounts, account => account.Is("sku.name", "Standard_LRS")),
            all => all.OfType(Accounts)[0].Set("sku.name", "Standard_ZRS")),
        new(
            "Articles and visits are locked against deletion",
            Policy.Kept,
            all =>
                all.Some(
                    Locks,
                    each =>
                        IsContent(
                            all.OfType(Accounts)
                                .Single(account => each.Id().StartsWith(account.Id() + "/", StringComparison.Ordinal)))
                && each.Is("properties.level", "CanNotDelete")),
            all => all.Remove(all.Single(Locks))),
    ];

    private static Policy Account(string name, string path, JsonNode wanted, JsonNode broken) => new(
        name,
        Policy.Everywhere,
        all => all.Every(Accounts, account => account.Is(path, wanted)),
        all => all.OfType(Accounts)[1].Set(path, broken.DeepClone()));

    private static bool IsKept(JsonObject service, string path) =>
        service.Is(path + ".enabled", true) && service.Number(path + ".days") >= (IsContent(service) ? 90 : 7);

    private static void Move(JsonObject container, string account)
    {
        var old = container.Name().Split('/')[0];
        container.Set("name", container.Name().Replace(old, account, StringComparison.Ordinal));
    }
}
