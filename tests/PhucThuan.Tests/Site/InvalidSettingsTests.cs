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
    [InlineData(
        "Site:MeasuringTag",
        "http://do.example.vn/the.js",
        "Site:MeasuringTag is 'http://do.example.vn/the.js'")]
    [InlineData("Site:MeasuringTag", "/the.js", "allowed is the address of a script with https")]
    [InlineData("Site:Emblem", "https://khac.example/a.png", "Site:Emblem is 'https://khac.example/a.png'")]
    [InlineData("Site:Emblem", "media/../a.png", "Site:Emblem is 'media/../a.png'; allowed is a picture")]
    [InlineData("Site:Banner", "media/a.svg", "Site:Banner is 'media/a.svg'; allowed is a picture")]
    [InlineData("Site:Accent", "green", "Site:Accent is 'green'; allowed is a colour such as #0b5394.")]
    [InlineData("Site:Accent", "#0b7a3a", "contrast with the background #eef5f0 is 4.9:1, but text must have 7:1")]
    [InlineData("Site:Accent", "#ff0000", "choose a darker colour")]
    [InlineData("Site:AccentDark", "#0b5394", "choose a lighter colour")]
    [InlineData("Site:Accent", "#073763", "Site:Accent and Site:AccentDark belong together")]
    [InlineData("Contact:Phones", "0208 3863 123", "Contact:Phones has '0208 3863 123'; allowed are up to 10 entries")]
    [InlineData("Contact:Phones", "Công an: 113 | Một cửa: gọi", "Contact:Phones has 'Một cửa: gọi'")]
    [InlineData("Contact:Phones", "Một cửa: 12", "Contact:Phones has 'Một cửa: 12'")]
    [InlineData("Contact:Phones", "Một cửa: 1234567890123456", "Contact:Phones has 'Một cửa: 1234567890123456'")]
    [InlineData("Contact:Phones", "a:111|b:111|c:111|d:111|e:111|f:111|g:111|h:111|i:111|j:111|k:111", "has 'k:111'")]
    [InlineData("Contact:Email", "văn phòng", "Contact:Email is 'văn phòng'; allowed is an address such as")]
    [InlineData("Contact:Email", "Văn phòng <a@b.vn>", "Contact:Email is 'Văn phòng <a@b.vn>'")]
    [InlineData("Contact:Links", "Tỉnh", "Contact:Links has 'Tỉnh'; allowed are up to 12 entries")]
    [InlineData("Contact:Links", "Tỉnh = thainguyen.gov.vn", "Contact:Links has 'Tỉnh = thainguyen.gov.vn'")]
    [InlineData("Contact:Links", "Tỉnh = javascript:alert(1)", "Contact:Links has 'Tỉnh = javascript:alert(1)'")]
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

    [Theory]
    [InlineData("Body")]
    [InlineData("Person")]
    [InlineData("Licence")]
    [InlineData("Address")]
    [InlineData("Hours")]
    public void The_length_of_a_line_of_the_contact_is_limited(string name)
    {
        var failure = Record.Exception(() =>
            Validate(new() { ["Storage:AccountName"] = "phucthuan", ["Contact:" + name] = new string('x', 201) }));

        Assert.Contains(
            $"Contact:{name} has 201 characters; allowed are 200",
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
