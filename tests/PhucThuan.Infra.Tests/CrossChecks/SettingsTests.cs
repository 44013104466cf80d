using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Infra.Tests.Policies;
using PhucThuan.Portal;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Health;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>The templates set the settings that the code reads, with values that it accepts.</summary>
public sealed partial class SettingsTests(CompiledInfra infra)
{
    /// <summary>Settings that the Functions host reads, not the portal.</summary>
    private static readonly string[] HostSettings =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "AzureWebJobsDisableHomepage", "AzureFunctionsJobHost__logging__logLevel__Function",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "APPLICATIONINSIGHTS_SDKSTATS_DISABLED",
        "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
    ];

    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Every_setting_is_read_by_the_code_or_the_host(string set)
    {
        var names = FunctionAppPolicies.SettingNames(infra.Resources(set)).ToList();

        Assert.Empty(names.Except(Code.Settings).Except(HostSettings));
        Assert.Empty(HostSettings.Except(names));
    }

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Required_settings_are_set(string set) => Assert.Empty(
        new[]
        {
            "Storage__AccountName",
            "Storage__ClientId",
            "Media__RedirectMegabytes",
            "SelfCheck__Enabled",
            "Site__Name",
            "Site__Description",
            "Site__Contact",
            "Site__Address",
            "ReaderAddress__Header",
        }
            .Except(FunctionAppPolicies.SettingNames(infra.Resources(set))));

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Values_pass_the_validation_of_the_code(string set)
    {
        var options = Bind(set);

        Assert.Contains(
            "data", options.GetRequiredService<IOptions<StorageOptions>>().Value.AccountName, StringComparison.Ordinal);
        Assert.NotNull(options.GetRequiredService<IOptions<StorageOptions>>().Value.ClientId);
        Assert.Equal("Cổng thông tin xã Phúc Thuận", options.GetRequiredService<IOptions<SiteOptions>>().Value.Name);
        Assert.Equal("https", options.GetRequiredService<IOptions<SiteOptions>>().Value.Address!.Scheme);
        Assert.NotNull(options.GetRequiredService<IOptions<ReaderAddressOptions>>().Value.Header);
        Assert.NotNull(options.GetRequiredService<IOptions<ArticleOptions>>().Value);
        Assert.NotNull(options.GetRequiredService<IOptions<VisitOptions>>().Value);
        Assert.Equal(
            Policy.Linking.Contains(set),
            options.GetRequiredService<IOptions<MediaOptions>>().Value.RedirectMegabytes > 0);
        Assert.Equal(
            Policy.Economical.Contains(set), options.GetRequiredService<IOptions<SelfCheckOptions>>().Value.Enabled);
    }

    [Fact]
    public void Docs_list_every_setting_and_no_other()
    {
        var documented = DocumentedSetting().Matches(Repository.Read("docs/settings.md"))
            .Select(match => match.Groups[1].Value)
            .Where(name => name.Contains("__", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.Equal(Code.Settings, documented);
    }

    private ServiceProvider Bind(string set)
    {
        var resources = infra.Resources(set);
        var settings = FunctionAppPolicies.SettingNames(resources).ToDictionary(
            name => name.Replace("__", ":", StringComparison.Ordinal),
            name =>
                FunctionAppPolicies.Setting(resources, name) is var value
                    && value.EndsWith(".clientId]", StringComparison.Ordinal)
                ? Guid.Empty.ToString()
                : value);
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings!).Build())
            .AddPortal()
            .BuildServiceProvider();
    }

    [GeneratedRegex("^\\| `([A-Za-z_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex DocumentedSetting();
}
