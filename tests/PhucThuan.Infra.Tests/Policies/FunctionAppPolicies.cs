using System.Text.Json.Nodes;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>
/// The app runs on Flex Consumption with the right runtime and an identity, without passwords.
/// </summary>
internal static class FunctionAppPolicies
{
    private const string DeploymentAuthentication =
        "properties.functionAppConfig.deployment.storage.authentication";

    /// <summary>
    /// Settings that Flex Consumption refuses or replaces with functionAppConfig (from Microsoft's list of deprecated
    /// settings).
    /// </summary>
    private static readonly string[] RefusedSettings =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENT",
        "WEBSITE_NODE_DEFAULT_VERSION", "ENABLE_ORYX_BUILD", "SCM_DO_BUILD_DURING_DEPLOYMENT", "WEBSITE_TIME_ZONE",
    ];

    /// <summary>
    /// Site properties that Azure refuses with error 51021, whatever the value; Flex Consumption ignores the last two.
    /// </summary>
    private static readonly string[] RefusedProperties =
    [
        "ftpsState", "use32BitWorkerProcess", "netFrameworkVersion", "linuxFxVersion", "windowsFxVersion",
        "preWarmedInstanceCount",
        "functionsRuntimeScaleMonitoringEnabled", "alwaysOn", "healthCheckPath", "clientAffinityEnabled",
    ];

    private static readonly string[] SignsOfSecrets =
        ["AccountKey=", "SharedAccessSignature", "listKeys", "Password", "sig=", "InstrumentationKey="];

    public static IReadOnlyList<Policy> All { get; } =
    [
        Site("The runtime is .NET isolated", "properties.functionAppConfig.runtime.name", "dotnet-isolated", "dotnet"),
        Site("The runtime version is 10.0", "properties.functionAppConfig.runtime.version", "10.0", "10"),
        Site("The app is a function app on Linux", "kind", "functionapp,linux", "functionapp"),
        Site("The app requires HTTPS", "properties.httpsOnly", true, false),
        Site("The app requires TLS 1.2", "properties.siteConfig.minTlsVersion", "1.2", "1.0"),
        Site("Publishing requires TLS 1.2", "properties.siteConfig.scmMinTlsVersion", "1.2", "1.1"),
        Site("The app supports HTTP/2", "properties.siteConfig.http20Enabled", true, false),
        Site("Remote debugging is disabled", "properties.siteConfig.remoteDebuggingEnabled", false, true),
        Site(
            "Packages are deployed to a container",
            "properties.functionAppConfig.deployment.storage.type",
            "blobContainer",
            "fileShare"),
        new(
            "The plan is Flex Consumption on Linux",
            Policy.Everywhere,
            all =>
                all.Every(
                    Plans,
                    plan =>
                        plan.Is("sku.name", "FC1")
                            && plan.Is("sku.tier", "FlexConsumption")
                            && plan.Is("properties.reserved", true)),
            all => all.Single(Plans).Set("sku.name", "Y1")),
        new(
            "Basic authentication is disabled for publishing",
            Policy.Everywhere,
            all =>
                all.OfType(PublishingPasswords)
                    .Where(each => each.Is("properties.allow", false))
                    .Select(ResourceExtensions.LastName)
                .Order(StringComparer.Ordinal).SequenceEqual(["ftp", "scm"]) ? [] : ["ftp or scm accepts a password"],
            all => all.Single(PublishingPasswords, "/scm").Set("properties.allow", true)),
        new(
            "The app has exactly one identity",
            Policy.Everywhere,
            all =>
                all.Every(
                    Sites,
                    site =>
                        site.Is("identity.type", "UserAssigned")
                            && site.At("identity.userAssignedIdentities")!.AsObject().Count == 1),
            all => all.Single(Sites).Set("identity.type", "SystemAssigned, UserAssigned")),
        new(
            "Packages are read with the identity of the app",
            Policy.Everywhere,
            all =>
                all.Every(
                    Sites,
                    site =>
                        site.Is($"{DeploymentAuthentication}.type", "UserAssignedIdentity")
                        && site.At("identity.userAssignedIdentities")!.AsObject()
                            .ContainsKey(site.Text($"{DeploymentAuthentication}.userAssignedIdentityResourceId"))),
            all =>
                all.Single(Sites)
                    .Set($"{DeploymentAuthentication}.type", "StorageAccountConnectionString")),
        new(
            "The deployment container exists",
            Policy.Everywhere,
            all => all.Every(Sites, site => all.OfType(Containers).Any(container =>
                site.Is("properties.functionAppConfig.deployment.storage.value", Address(container)))),
            all =>
                all.Single(Sites)
                    .Set(
                        "properties.functionAppConfig.deployment.storage.value",
                        "https://elsewhere.blob.core.windows.net/deployment")),
        new(
            "The host uses the identity for its storage",
            Policy.Everywhere,
            all => Setting(all, "AzureWebJobsStorage__accountName") == HostAccount(all)
                && Setting(all, "AzureWebJobsStorage__credential") == "managedidentity"
                && Setting(all, "AzureWebJobsStorage__clientId").Contains(".clientId", StringComparison.Ordinal)
                    ? []
                    : ["AzureWebJobsStorage"],
            all => RemoveSetting(all, "AzureWebJobsStorage__clientId")),
        new(
            "The portal uses the identity for articles and visits",
            Policy.Everywhere,
            all => Setting(all, "Storage__AccountName").Contains("data", StringComparison.Ordinal)
                && Setting(all, "Storage__ClientId").Contains(".clientId", StringComparison.Ordinal) ? [] : ["Storage"],
            all => FindSetting(all, "Storage__AccountName").Set("value", HostAccount(all))),
        new(
            "Telemetry uses the identity",
            Policy.Everywhere,
            all => Setting(all, "APPLICATIONINSIGHTS_AUTHENTICATION_STRING")
                    == $"[format('ClientId={{0}};Authorization=AAD',"
                        + $" {Setting(all, "Storage__ClientId").Trim('[', ']')})]"
                && Setting(all, "APPLICATIONINSIGHTS_CONNECTION_STRING")
                    .EndsWith(".ConnectionString]", StringComparison.Ordinal)
                    ? []
                    : ["APPLICATIONINSIGHTS"],
            all => FindSetting(all, "APPLICATIONINSIGHTS_AUTHENTICATION_STRING").Set("value", "Authorization=AAD")),
        new(
            "The home page of the host is disabled",
            Policy.Everywhere,
            all => Setting(all, "AzureWebJobsDisableHomepage") == "true" ? [] : ["AzureWebJobsDisableHomepage"],
            all => RemoveSetting(all, "AzureWebJobsDisableHomepage")),
        new(
            "Invocations are not logged individually",
            Policy.Everywhere,
            all =>
                Setting(all, "AzureFunctionsJobHost__logging__logLevel__Function") == "Warning"
                    ? []
                    : ["a call writes two lines"],
            all => FindSetting(all, "AzureFunctionsJobHost__logging__logLevel__Function").Set("value", "Information")),
        new(
            "No setting is unsupported on Flex Consumption",
            Policy.Everywhere,
            all =>
                SettingNames(all)
                    .Where(name => RefusedSettings.Any(refused => name.StartsWith(refused, StringComparison.Ordinal))),
            all => AddSetting(all, "FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated")),
        new(
            "No setting contains a secret",
            Policy.Everywhere,
            all =>
                SettingNames(all)
                    .Where(name =>
                        SignsOfSecrets.Any(sign =>
                            Setting(all, name).Contains(sign, StringComparison.OrdinalIgnoreCase))),
            all => AddSetting(all, "Backup", "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=eA==")),
        new(
            "Instance size and count are within the limits of Flex Consumption",
            Policy.Everywhere,
            all =>
                all.Every(
                    Sites,
                    site =>
                        site.Number("properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount")
                            is >= 40
                                and <= 1000
                        && site.Number("properties.functionAppConfig.scaleAndConcurrency.instanceMemoryMB")
                            is 512
                                or 2048
                                or 4096),
            all => all.Single(Sites).Set("properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount", 10)),
        new(
            "An instance serves enough requests at a time to commit visits in groups",
            Policy.Everywhere,
            all => all.Every(
                Sites,
                site =>
                    site.Number("properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency")
                    is >= 64 and <= 1000),
            all => all.Single(Sites).Set(
                "properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency", 4)),
        new(
            "Two instances are always ready, as zone redundancy requires",
            Policy.Production,
            all => all.Every(Sites, site => site.List("properties.functionAppConfig.scaleAndConcurrency.alwaysReady")
                .Any(group => group.Is("name", "http") && group.Number("instanceCount") >= 2)),
            all =>
                all.Single(Sites)
                    .Set("properties.functionAppConfig.scaleAndConcurrency.alwaysReady.0.instanceCount", 1)),
        Policy.Exactly(
            "No instance is always ready",
            Policy.Economical,
            (Sites, ""),
            "properties.functionAppConfig.scaleAndConcurrency.alwaysReady",
            "[]",
            (
                "properties.functionAppConfig.scaleAndConcurrency.alwaysReady",
                new JsonArray(new JsonObject { ["name"] = "http", ["instanceCount"] = 1 }))),
        Policy.Exactly(
            "Instances have 512 MB, the smallest size",
            Policy.Economical,
            (Sites, ""),
            "properties.functionAppConfig.scaleAndConcurrency.instanceMemoryMB",
            "512",
            ("properties.functionAppConfig.scaleAndConcurrency.instanceMemoryMB", 2048)),
        Policy.Exactly(
            "The plan is in one zone, because zones need always-ready instances",
            Policy.Economical,
            (Plans, ""),
            "properties.zoneRedundant",
            "false",
            ("properties.zoneRedundant", true)),
        new(
            "The self-check is enabled where there are no availability tests",
            Policy.Economical,
            all => Setting(all, "SelfCheck__Enabled") == "True" ? [] : ["SelfCheck__Enabled"],
            all => FindSetting(all, "SelfCheck__Enabled").Set("value", "False")),
        new(
            "The self-check is disabled where there are availability tests",
            Policy.Watched,
            all => Setting(all, "SelfCheck__Enabled") == "False" ? [] : ["SelfCheck__Enabled"],
            all => FindSetting(all, "SelfCheck__Enabled").Set("value", "True")),
        Policy.Exactly(
            "The site and its publishing endpoint are public",
            Policy.Everywhere,
            (Sites, ""),
            "properties.publicNetworkAccess properties.siteConfig.scmIpSecurityRestrictionsUseMain "
                + "properties.siteConfig.scmIpSecurityRestrictionsDefaultAction",
            """["Enabled", false, "Allow"]""",
            ("properties.siteConfig.scmIpSecurityRestrictionsUseMain", true)),
        new(
            "The site sets no property that Flex Consumption refuses",
            Policy.Everywhere,
            all => all.Single(Sites).At("properties.siteConfig")!.AsObject().Select(each => each.Key)
                .Concat(all.Single(Sites).At("properties")!.AsObject().Select(each => each.Key))
                .Intersect(RefusedProperties, StringComparer.OrdinalIgnoreCase),
            all => all.Single(Sites).Set("properties.siteConfig.ftpsState", "Disabled")),
        Policy.Exactly(
            "CORS allows no origin",
            Policy.Everywhere,
            (Sites, ""),
            "properties.siteConfig.cors",
            "null",
            ("properties.siteConfig.cors", new JsonObject { ["allowedOrigins"] = new JsonArray("*") })),
        new(
            "Instances are in three zones",
            Policy.Production,
            all => all.Every(Plans, plan => plan.Is("properties.zoneRedundant", true)),
            all => all.Single(Plans).Set("properties.zoneRedundant", false)),
        new(
            "The reader's address comes from the header of Azure's front end",
            Policy.WithoutFrontDoor,
            all => Setting(all, "ReaderAddress__Header") == "CLIENT-IP" ? [] : ["ReaderAddress__Header"],
            all => FindSetting(all, "ReaderAddress__Header").Set("value", "X-Azure-SocketIP")),
    ];

    public static JsonNode FindSetting(Resources all, string name) =>
        all.Single(Sites).List("properties.siteConfig.appSettings").Single(setting => setting.Name() == name);

    /// <summary>The value of a setting; empty when it is not set.</summary>
    public static string Setting(Resources all, string name) =>
        all.Single(Sites)
            .List("properties.siteConfig.appSettings")
            .SingleOrDefault(setting => setting.Name() == name)
            .Text("value");

    public static IEnumerable<string> SettingNames(Resources all) =>
        all.Single(Sites).List("properties.siteConfig.appSettings").Select(ResourceExtensions.Name);

    private static Policy Site(string name, string path, JsonNode wanted, JsonNode broken) => new(
        name,
        Policy.Everywhere,
        all => all.Every(Sites, site => site.Is(path, wanted)),
        all => all.Single(Sites).Set(path, broken.DeepClone()));

    private static string HostAccount(Resources all) =>
        all.OfType(Accounts)
            .Single(account => account.Name().Contains("host", StringComparison.Ordinal))
            .Id()
            .Split('/')[^1];

    private static string Address(JsonObject container) =>
        $"https://{container.Name().Split('/')[0]}.blob.core.windows.net/{container.LastName()}";

    private static void AddSetting(Resources all, string name, string value) =>
        all.Single(Sites)
            .At("properties.siteConfig.appSettings")!
            .AsArray()
            .Add(new JsonObject { ["name"] = name, ["value"] = value });

    private static void RemoveSetting(Resources all, string name) =>
        all.Single(Sites).At("properties.siteConfig.appSettings")!.AsArray().Remove(FindSetting(all, name));
}
