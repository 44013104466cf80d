using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal;

namespace PhucThuan.Tests.Site;

[Fast]
public sealed class InvalidSettingsTests
{
    [Theory]
    [InlineData(
        "Storage:ConnectionString",
        "",
        "Set either Storage:ConnectionString (development) or Storage:AccountName (Azure): neither is set.")]
    [InlineData("Storage:ConnectionString", "AccountName=a;AccountKey=?", "Storage:ConnectionString cannot be read")]
    [InlineData("Storage:AccountName", "baochi", "both are set")]
    [InlineData(
        "Storage:ClientId",
        "00000000-0000-0000-0000-000000000001",
        "Storage:ClientId is for use with Storage:AccountName")]
    [InlineData("Storage:ClientId", "x", "'Storage:ClientId'")]
    [InlineData("Articles:FreshSeconds", "-1", "Articles:FreshSeconds is -1; allowed are 0 to 300.")]
    [InlineData("Articles:CacheMegabytes", "5000", "Articles:CacheMegabytes is 5000; allowed are 1 to 4096.")]
    [InlineData("Articles:CacheMegabytes", "nhiều", "'Articles:CacheMegabytes'")]
    [InlineData("ReaderAddress:Header", "CLIENT IP", "ReaderAddress:Header is 'CLIENT IP'")]
    [InlineData("ReaderAddress:TrustedHops", "0", "ReaderAddress:TrustedHops is 0; allowed are 1 to 10.")]
    [InlineData("Visits:AddressRate", "0", "Visits:AddressRate is 0; allowed are 1 to 1000000 views a minute.")]
    [InlineData(
        "Visits:AddressRate", "1000001", "Visits:AddressRate is 1000001; allowed are 1 to 1000000 views a minute.")]
    [InlineData("Visits:AddressRate", "nhiều", "'Visits:AddressRate'")]
    [InlineData("Visits:DaysKept", "30", "Visits:DaysKept is 30; allowed are 31 to 3660 days.")]
    [InlineData("Visits:DaysKept", "3661", "Visits:DaysKept is 3661; allowed are 31 to 3660 days.")]
    [InlineData("Site:Name", " ", "Site:Name is ' '")]
    [InlineData("Site:Description", "", "Site:Description is ''")]
    [InlineData("Site:Address", "phucthuan.example.vn", "Site:Address is 'phucthuan.example.vn'")]
    [InlineData(
        "Site:Address", "https://phucthuan.example.vn/trang", "Site:Address is 'https://phucthuan.example.vn/trang'")]
    [InlineData("Site:Address", "ftp://phucthuan.example.vn", "Site:Address is 'ftp://phucthuan.example.vn/'")]
    public void An_invalid_setting_stops_the_start_and_is_named(string name, string value, string sentence)
    {
        var failure = Record.Exception(() =>
            Validate(new() { ["Storage:ConnectionString"] = "UseDevelopmentStorage=true", [name] = value }));

        Assert.Contains(sentence, InvalidSettings.Describe(failure!), StringComparison.Ordinal);
        Assert.DoesNotContain("AccountKey", InvalidSettings.Describe(failure!), StringComparison.Ordinal);
    }

    [Fact]
    public void All_invalid_settings_are_reported_at_once()
    {
        var failure =
            Record.Exception(() => Validate(new() { ["Storage:AccountName"] = "Báo_Chí", ["Site:Name"] = "" }));
        var sentences = InvalidSettings.Describe(failure!);

        Assert.Contains("Storage:AccountName is 'Báo_Chí'", sentences, StringComparison.Ordinal);
        Assert.Contains("Site:Name is ''", sentences, StringComparison.Ordinal);
    }

    [Fact]
    public void The_length_of_the_contact_is_limited()
    {
        var failure = Record.Exception(() =>
            Validate(new() { ["Storage:AccountName"] = "phucthuan", ["Site:Contact"] = new string('x', 501) }));

        Assert.Contains(
            "Site:Contact has 501 characters; allowed are 500",
            InvalidSettings.Describe(failure!),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_name_with_an_identity_is_sufficient() => Validate(new()
    {
        ["Storage:AccountName"] = "phucthuan",
        ["Storage:ClientId"] = "00000000-0000-0000-0000-000000000001",
    });

    [Fact]
    public void Other_failures_are_not_reported_as_settings() =>
        Assert.Null(InvalidSettings.Describe(new InvalidOperationException("x")));

    private static void Validate(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddPortal();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}
