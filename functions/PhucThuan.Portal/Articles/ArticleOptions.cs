using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Articles;

/// <summary>How long and how much of the articles is kept in memory, from section <c>Articles</c>.</summary>
public sealed record ArticleOptions
{
    public const string Section = "Articles";

    /// <summary>Seconds after which a page that is asked for is compared with its blob, in the background.</summary>
    [Range(1, 300, ErrorMessage = "Articles:FreshSeconds must be 1 to 300 seconds.")]
    public int FreshSeconds { get; init; } = 5;

    /// <summary>MiB of memory for rendered pages with their compressed forms; the least read leave first.</summary>
    [Range(1, 4096, ErrorMessage = "Articles:CacheMegabytes must be 1 to 4096 MiB.")]
    public int CacheMegabytes { get; init; } = 64;
}

[OptionsValidator]
internal sealed partial class ArticleOptionsValidator : IValidateOptions<ArticleOptions>;
