using System.Text.Json.Nodes;
using PhucThuan.Infra.Tests.Policies;

namespace PhucThuan.Infra.Tests.PublishedTypes;

/// <summary>
/// Properties and values of all resources exist in the published type of their API version, and each kind of
/// difference is found.
/// </summary>
public sealed class ResourceTypesTests(CompiledInfra infra)
{
    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Resources_match_their_published_types(string set) =>
        AssertNoErrors(infra.Resources(set).All);

    /// <summary>A snapshot has one branch of each condition, the template all, with unevaluated expressions.</summary>
    [Fact]
    public async Task Branches_that_no_parameter_set_takes_match_too()
    {
        var resources = ResourcesOf(
            await infra.Compiler.CompileAsync(Path.Combine(Repository.Infra, "main.bicep"))).ToList();
        var types = resources.Select(TypeOf).Distinct().ToList();

        AssertNoErrors(resources);

        // No module was missed.
        Assert.Subset(
            types.ToHashSet(),
            Repository.ParameterSets.SelectMany(set => infra.Resources(set).All).Select(TypeOf).ToHashSet());
    }

    /// <summary>An exception must be removed when a newer version of Azure's types makes it unnecessary.</summary>
    [Fact]
    public void Every_exception_is_needed() => Assert.All(
        ResourceTypes.Exceptions.Keys,
        exception => Assert.Contains(
            exception.Error, ResourceTypes.Compare(infra.Resources("prod").Single(exception.Type))));

    /// <param name="path">The property that is set.</param>
    /// <param name="value">JSON in single quotes.</param>
    /// <param name="error">Part of the only error.</param>
    [Theory]
    [InlineData(
        Types.Accounts,
        "properties.minimumTlsVersion",
        "'TLS12'",
        """is "TLS12"; allowed is 'TLS1_0', 'TLS1_1'""")]
    [InlineData(Types.Accounts, "properties.minimumTlsVersion", "'tls1_2'", """.minimumTlsVersion is "tls1_2";""")]
    [InlineData(
        Types.Accounts,
        "sku.name",
        "'Standard_LRZ'",
        """.sku.name is "Standard_LRZ"; allowed is 'Standard_LRS'""")]
    [InlineData(Types.Accounts, "properties.allowBlobPublicAcess", "false", ".allowBlobPublicAcess is not a property;")]
    [InlineData(
        Types.Accounts,
        "properties.networkAcls.ipRule",
        "[]",
        ".properties.networkAcls.ipRule is not a property;")]
    [InlineData(Types.Accounts, "size", "'small'", ": .size is not a property; allowed are name, sku, kind,")]
    [InlineData(
        Types.Accounts,
        "properties.allowSharedKeyAccess",
        "'false'",
        """is "false"; allowed is true or false""")]
    [InlineData(
        Types.Accounts,
        "properties.encryption",
        "[]",
        ".properties.encryption is an array; allowed is an object")]
    [InlineData(Types.Accounts, "tags", "'none'", """.tags is "none"; allowed is an object""")]
    [InlineData(Types.Accounts, "tags.project", "1", ".tags.project is 1; allowed is text")]
    [InlineData(Types.Accounts, "properties.provisioningState", "'Succeeded'", ".provisioningState is read-only")]
    [InlineData(Types.Accounts, "sku.tier", "'Standard'", ".sku.tier is read-only")]
    [InlineData(Types.Accounts, "sku", "null", ".sku is missing")]
    [InlineData(Types.Accounts, "name", "'Upper-Case'", """.name is "Upper-Case"; allowed is ^[a-z0-9]+$""")]
    [InlineData(Types.Accounts, "name", "'ab'", ".name has 2 characters; allowed are 3 to 24")]
    [InlineData(
        Types.BlobServices,
        "properties.deleteRetentionPolicy.days",
        "366",
        ".days is 366; allowed is 1 to 365")]
    [InlineData(
        Types.BlobServices,
        "properties.deleteRetentionPolicy.days",
        "'90'",
        """is "90"; allowed is an integer""")]
    [InlineData(Types.Sites, "properties.functionAppConfig.runtime.name", "'dotnet'", """.runtime.name is "dotnet";""")]
    [InlineData(
        Types.Sites,
        "properties.siteConfig.minTlsVersion",
        "1.2",
        ".minTlsVersion is 1.2; allowed is '1.0', '1.1'")]
    [InlineData(
        Types.Sites,
        "properties.functionAppConfig.scaleAndConcurrency.alwaysReady.0.instances",
        "2",
        ".alwaysReady[0].instances is not a property; allowed are name, instanceCount")]
    [InlineData(Types.Sites, "apiVersion", "'2024-11-02'", "@2024-11-02")]
    [InlineData(Types.Sites, "type", "'Microsoft.Web/site'", "the type is not published in this version")]
    [InlineData(
        Types.MetricAlerts,
        "properties.criteria.allOf.0.operator",
        "'Above'",
        """.allOf[0].operator is "Above";""")]
    [InlineData(Types.Routes, "properties.supportedProtocols.0", "'Htps'", """.supportedProtocols[0] is "Htps";""")]
    [InlineData(Types.Routes, "properties.supportedProtocols", "'Https'", """is "Https"; allowed is an array""")]
    [InlineData(Types.Rules, "properties.actions.0.name", "'ModifyHeader'", """.actions[0].name is "ModifyHeader";""")]
    [InlineData(Types.Rules, "properties.actions.0.name", "null", ".actions[0].name is missing; allowed is 'CacheExp")]
    public void An_error_is_found(string type, string path, string value, string error)
    {
        var set = type.StartsWith(Types.FrontDoors, StringComparison.Ordinal) ? "prod-frontdoor" : "prod";
        var resource = infra.Resources(set).OfType(type)[0];
        resource.Set(path, JsonNode.Parse(value.Replace('\'', '"')));

        Assert.Contains(error, Assert.Single(ResourceTypes.FindErrors(resource)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_of_a_newer_version_is_found()
    {
        var app = infra.Resources("prod").Single(Types.Sites);
        app["apiVersion"] = "2022-03-01";

        Assert.Contains(
            ResourceTypes.Compare(app),
            error => error.StartsWith(".properties.functionAppConfig is not a property;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_misspelt_value_is_found_that_the_compiler_accepts()
    {
        var folder = Directory.CreateTempSubdirectory("infra-").FullName;
        var file = Path.Combine(folder, "account.bicep");
        await File.WriteAllTextAsync(file, """
            param location string
            resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
              name: 'account'
              location: location
              kind: 'StorageV2'
              sku: { name: 'Standard_LRS' }
              properties: { networkAcls: { defaultAction: 'Deny', bypass: 'AzureService' } }
            }
            """, TestContext.Current.CancellationToken);

        Assert.Empty(await infra.Compiler.FindDiagnosticsAsync(file));
        Assert.Contains(
            """.networkAcls.bypass is "AzureService"; allowed is 'None', 'Logging', 'Metrics', 'AzureServices'""",
            Assert.Single(ResourcesOf(await infra.Compiler.CompileAsync(file)).SelectMany(ResourceTypes.FindErrors)),
            StringComparison.Ordinal);

        Directory.Delete(folder, recursive: true);
    }

    private static void AssertNoErrors(IEnumerable<JsonObject> resources)
    {
        var errors = resources.SelectMany(ResourceTypes.FindErrors).ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    private static string TypeOf(JsonObject resource) => $"{resource.Text("type")}@{resource.Text("apiVersion")}";

    /// <summary>The resources of a compiled template and of its modules, without modules and existing ones.</summary>
    private static IEnumerable<JsonObject> ResourcesOf(JsonNode template)
    {
        var all = template["resources"] is JsonArray list
            ? list.Select(item => item!.AsObject())
            : template["resources"]!.AsObject().Select(item => item.Value!.AsObject());
        return all.SelectMany(resource => resource.At("properties.template") is { } module
            ? ResourcesOf(module)
            : resource.Is("existing", true) ? [] : [resource]);
    }
}
