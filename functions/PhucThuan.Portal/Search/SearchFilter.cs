using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Search;

/// <summary>Restricts the results of a search.</summary>
/// <param name="Category">Slug of the category; null for all.</param>
/// <param name="Year">Year of publication in Viet Nam; null for all.</param>
public sealed record SearchFilter(string? Category, int? Year)
{
    public const string CategoryParameter = "chuyen-muc";

    public const string YearParameter = "nam";

    public static SearchFilter None { get; } = new(null, null);

    public bool IsSet => this != None;

    /// <summary>Ignores values that cannot be a category or a year.</summary>
    public static SearchFilter Read(IQueryCollection query)
    {
        var category = query[CategoryParameter].ToString();
        var hasYear = int.TryParse(
            query[YearParameter], NumberStyles.None, CultureInfo.InvariantCulture, out var year);
        return new(
            Articles.Slug.IsValid(category) ? category : null,
            hasYear && year is >= 1 and <= 9999 ? year : null);
    }

    /// <summary>Query parameters, starting with <c>&amp;</c>; empty without a filter.</summary>
    public string ToParameters() =>
        (Category is null ? "" : $"&{CategoryParameter}={Category}")
        + (Year is { } year ? string.Create(CultureInfo.InvariantCulture, $"&{YearParameter}={year}") : "");
}
