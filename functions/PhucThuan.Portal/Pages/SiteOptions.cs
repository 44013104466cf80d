using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Pages;

/// <summary>What a portal calls itself, from section <c>Site</c>.</summary>
public sealed record SiteOptions : IValidatableObject
{
    public const string Section = "Site";

    private const int MaxLength = 100;

    /// <summary>Stands in the header and after the title of each page.</summary>
    public string Name { get; init; } = "Cổng thông tin xã Phúc Thuận";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > MaxLength)
        {
            yield return new ValidationResult(
                $"Site:Name is '{Name}'; allowed is the portal's name in 1 to {MaxLength} characters.");
        }
    }
}

[OptionsValidator]
internal sealed partial class SiteOptionsValidator : IValidateOptions<SiteOptions>;
