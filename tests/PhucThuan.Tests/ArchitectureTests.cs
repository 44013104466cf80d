using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using PhucThuan.Portal;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace PhucThuan.Tests;

/// <summary>Dependencies between the features of the portal point one way.</summary>
public sealed class ArchitectureTests
{
    private static readonly Architecture Portal = new ArchLoader()
        .LoadAssemblies(typeof(PortalServices).Assembly)
        .Build();

    [Theory]
    [InlineData("Telemetry", "Storage|Http|Site|Media|Articles|Search|Visits|Editors|Health")]
    [InlineData("Storage", "Http|Site|Media|Articles|Search|Visits|Editors|Health")]
    [InlineData("Http", "Storage|Site|Media|Articles|Search|Visits|Editors|Health")]
    [InlineData("Site", "Media|Articles|Search|Visits|Editors|Health")]
    [InlineData("Media", "Articles|Search|Visits|Editors|Health")]
    [InlineData("Articles", "Search|Visits|Editors|Health")]
    [InlineData("Search", "Visits|Editors|Health")]
    [InlineData("Visits", "Search|Editors|Health")]
    [InlineData("Editors", "Search|Visits|Health")]
    [InlineData(
        @"Articles\.Characters",
        @"Articles\.(Metadata|Documents|Import|Markup|Reading|Catalogues|Pages|Lists)")]
    [InlineData(@"Articles\.Metadata", @"Articles\.(Documents|Import|Markup|Reading|Catalogues|Pages|Lists)")]
    [InlineData(@"Articles\.Documents", @"Articles\.(Import|Markup|Reading|Catalogues|Pages|Lists)")]
    [InlineData(@"Articles\.Import", @"Articles\.(Documents|Markup|Reading|Catalogues|Pages|Lists)")]
    [InlineData(@"Articles\.Markup", @"Articles\.(Reading|Catalogues|Pages|Lists)")]
    [InlineData(@"Articles\.Reading", @"Articles\.(Catalogues|Pages|Lists)")]
    public void A_feature_does_not_depend_on_the_features_above_it(string feature, string above)
    {
        var types = Types().That().ResideInNamespaceMatching(Pattern(feature));
        Assert.NotEmpty(types.GetObjects(Portal));

        var violations = types.Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Pattern(above)))
            .Evaluate(Portal)
            .Where(result => !result.Passed)
            .Select(result => result.Description);

        Assert.Empty(violations);
    }

    private static string Pattern(string features) => $@"^PhucThuan\.Portal\.({features})(\.|$)";
}
