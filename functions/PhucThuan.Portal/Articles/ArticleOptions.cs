using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Articles;

/// <summary>How long and how much of the articles is kept in memory, from section <c>Articles</c>.</summary>
public sealed record ArticleOptions : IValidatableObject
{
    public const string Section = "Articles";

    /// <summary>Seconds after which a page that is asked for is compared with its blob, in the background.</summary>
    public int FreshSeconds { get; init; } = 5;

    /// <summary>MiB of memory for rendered pages with their compressed forms; the least read leave first.</summary>
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
