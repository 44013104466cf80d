using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Articles;

/// <summary>Cache settings of articles, from section <c>Articles</c>.</summary>
public sealed record ArticleOptions : IValidatableObject
{
    public const string Section = "Articles";

    /// <summary>Age in seconds after which a requested page is checked against its blob, in the background.</summary>
    public int FreshSeconds { get; init; } = 10;

    /// <summary>
    /// Size of the page cache in MiB, compressed representations included; least recently used pages are evicted.
    /// </summary>
    public int CacheMegabytes { get; init; } = 64;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FreshSeconds is < 0 or > 300)
        {
            yield return new ValidationResult($"Articles:FreshSeconds is {FreshSeconds}; allowed are 0 to 300.");
        }

        if (CacheMegabytes is < 1 or > 4096)
        {
            yield return new ValidationResult($"Articles:CacheMegabytes is {CacheMegabytes}; allowed are 1 to 4096.");
        }
    }
}

[OptionsValidator]
internal sealed partial class ArticleOptionsValidator : IValidateOptions<ArticleOptions>;
