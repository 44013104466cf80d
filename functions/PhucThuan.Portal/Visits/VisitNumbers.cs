using System.Text.Json.Serialization;

namespace PhucThuan.Portal.Visits;

/// <summary>The numbers below a page. As JSON: <c>{"online":3,"today":41,"total":1731973,"views":7}</c>.</summary>
/// <param name="Online">Visitors seen in the last 5 minutes.</param>
/// <param name="Today">Visits since midnight in Viet Nam.</param>
/// <param name="Total">All visits, including the ledger.</param>
/// <param name="Views">Views of the article; null, and absent from the JSON, for the site.</param>
public sealed record VisitNumbers(
    long Online,
    long Today,
    long Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Views);
