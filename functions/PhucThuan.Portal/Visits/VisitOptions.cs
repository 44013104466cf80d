using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Visits;

/// <summary>Limits of counting, from section <c>Visits</c>.</summary>
public sealed record VisitOptions : IValidatableObject
{
    public const string Section = "Visits";

    /// <summary>
    /// Maximum number of views per minute, address and instance, including repeats. The readers of a school or a mobile
    /// network share one address, so the default allows several hundred readers.
    /// </summary>
    public int AddressRate { get; init; } = 300;

    /// <summary>Number of days for which daily numbers are kept; it does not affect totals.</summary>
    public int DaysKept { get; init; } = 400;

    /// <summary>The first of the <see cref="DaysKept"/> days that end with <paramref name="today"/>.</summary>
    public DateOnly FirstDayKept(DateOnly today) => today.AddDays(1 - DaysKept);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AddressRate is < 1 or > 1_000_000)
        {
            yield return new ValidationResult(
                $"Visits:AddressRate is {AddressRate}; allowed are 1 to 1000000 views a minute.");
        }

        // The statistics page shows 30 days.
        if (DaysKept is < 31 or > 3660)
        {
            yield return new ValidationResult($"Visits:DaysKept is {DaysKept}; allowed are 31 to 3660 days.");
        }
    }
}

[OptionsValidator]
internal sealed partial class VisitOptionsValidator : IValidateOptions<VisitOptions>;
