using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Visits;

/// <summary>Limits of counting, from section <c>Visits</c>.</summary>
public sealed record VisitOptions : IValidatableObject
{
    public const string Section = "Visits";

    /// <summary>
    /// Views that one address may send in a minute, at each instance, repeats among them. A school or a mobile network
    /// shows itself under one address, so the default leaves room for several hundred readers.
    /// </summary>
    public int AddressRate { get; init; } = 300;

    /// <summary>Days for which the numbers of single days are kept; the totals do not change by it.</summary>
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

        // The page of statistics shows 30 days.
        if (DaysKept is < 31 or > 3660)
        {
            yield return new ValidationResult($"Visits:DaysKept is {DaysKept}; allowed are 31 to 3660 days.");
        }
    }
}

[OptionsValidator]
internal sealed partial class VisitOptionsValidator : IValidateOptions<VisitOptions>;
