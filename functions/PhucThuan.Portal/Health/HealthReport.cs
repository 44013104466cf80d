using System.Text.Json.Serialization;

namespace PhucThuan.Portal.Health;

/// <summary>State of one instance and of what it needs, for ops.</summary>
/// <param name="Status"><c>ok</c>, or <c>failing</c> when a part has a fault.</param>
/// <param name="Version">Of the package, with the commit that it was built from.</param>
/// <param name="Started">When this instance started.</param>
/// <param name="Catalogue">The list of articles; null with a fault.</param>
/// <param name="LastCommit">When any instance last stored visits; null when none ever did, or with a fault.</param>
/// <param name="Faults">Part (<c>blobs</c>, <c>tables</c>) and storage's error code; null without a fault.</param>
public sealed record HealthReport(
    string Status,
    string Version,
    DateTimeOffset Started,
    CatalogueHealth? Catalogue,
    DateTimeOffset? LastCommit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, string>? Faults);

/// <param name="Articles">Published ones, and those with a future date.</param>
/// <param name="AgeSeconds">Since this instance last compared it with the container.</param>
public sealed record CatalogueHealth(int Articles, int AgeSeconds);
