using System.Text.Json.Serialization;

namespace PhucThuan.Portal.Health;

/// <summary>State of an instance and its dependencies, for ops.</summary>
/// <param name="Status"><c>ok</c>, or <c>failing</c> when a part has a fault.</param>
/// <param name="Version">Version of the package, with the commit that it was built from.</param>
/// <param name="Started">Start time of this instance.</param>
/// <param name="Catalogue">The catalogue of articles; null after a fault.</param>
/// <param name="LastCommit">
/// Time when any instance last stored visits; null when none has stored any, or after a fault.
/// </param>
/// <param name="Faults">Storage's error code by part (<c>blobs</c>, <c>tables</c>); null without a fault.</param>
public sealed record HealthReport(
    string Status,
    string Version,
    DateTimeOffset Started,
    CatalogueHealth? Catalogue,
    DateTimeOffset? LastCommit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, string>? Faults);

/// <param name="Articles">Number of articles, including those with a publication date in the future.</param>
/// <param name="AgeSeconds">Seconds since this instance last compared the catalogue with the container.</param>
public sealed record CatalogueHealth(int Articles, int AgeSeconds);
