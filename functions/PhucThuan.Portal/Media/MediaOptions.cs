using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Media;

/// <summary>Downloads of big files, from section <c>Media</c>.</summary>
public sealed record MediaOptions : IValidatableObject
{
    public const string Section = "Media";

    /// <summary>
    /// Size in MiB from which readers are redirected to storage, which must be reachable for them; 0 disables it.
    /// </summary>
    public int RedirectMegabytes { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RedirectMegabytes is < 0 or > 1024)
        {
            yield return new ValidationResult(
                $"Media:RedirectMegabytes is {RedirectMegabytes}; allowed are 0 to 1024.");
        }
    }
}

[OptionsValidator]
internal sealed partial class MediaOptionsValidator : IValidateOptions<MediaOptions>;
