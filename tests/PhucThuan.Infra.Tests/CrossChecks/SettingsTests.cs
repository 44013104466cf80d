using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Infra.Tests.Policies;
using PhucThuan.Portal;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>The settings of the function app are those that the code reads, with values that it takes.</summary>
public sealed partial class SettingsTests(CompiledInfra infra)
{
    /// <summary>Names that Azure's host reads, not the portal.</summary>
    private static readonly string[] OfTheHost =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "AzureWebJobsDisableHomepage", "AzureFunctionsJobHost__logging__logLevel__Function",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    ];

    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Every_setting_is_one_that_the_code_or_the_host_reads_and_the_hosts_are_all_there(string set)
    {
        var names = FunctionAppPolicies.SettingNames(infra.Resources(set)).ToList();

        Assert.Empty(names.Except(Code.Settings).Except(OfTheHost));
        Assert.Empty(OfTheHost.Except(names));
    }

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void What_the_code_cannot_do_without_is_set(string set) => Assert.Empty(
        new[] { "Storage__AccountName", "Storage__ClientId", "Site__Name", "Site__Description", "Site__Contact", "Site__Address", "ReaderAddress__Header" }
            .Except(FunctionAppPolicies.SettingNames(infra.Resources(set))));

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void The_codes_own_checks_take_the_values(string set)
    {
        var options = Bind(set);

        Assert.Contains("data", options.GetRequiredService<IOptions<StorageOptions>>().Value.AccountName, StringComparison.Ordinal);
        Assert.NotNull(options.GetRequiredService<IOptions<StorageOptions>>().Value.ClientId);
        Assert.Equal("Cổng thông tin xã Phúc Thuận", options.GetRequiredService<IOptions<SiteOptions>>().Value.Name);
        Assert.Equal("https", options.GetRequiredService<IOptions<SiteOptions>>().Value.Address!.Scheme);
        Assert.NotNull(options.GetRequiredService<IOptions<ReaderAddressOptions>>().Value.Header);
        Assert.NotNull(options.GetRequiredService<IOptions<ArticleOptions>>().Value);
        Assert.NotNull(options.GetRequiredService<IOptions<VisitOptions>>().Value);
    }

    [Fact]
    public void The_readme_tells_every_setting_and_no_other()
    {
        var told = SettingInReadme().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value)
            .Where(name => name.Contains("__", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(Code.Settings, told);
    }

    private ServiceProvider Bind(string set)
    {
        var resources = infra.Resources(set);
        var settings = FunctionAppPolicies.SettingNames(resources).ToDictionary(
            name => name.Replace("__", ":", StringComparison.Ordinal),
            name => FunctionAppPolicies.Setting(resources, name) is var value && value.EndsWith(".clientId]", StringComparison.Ordinal)
                ? Guid.Empty.ToString()
                : value);
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings!).Build())
            .AddPortal()
            .BuildServiceProvider();
    }

    [GeneratedRegex("^\\| `([A-Za-z_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex SettingInReadme();
}
