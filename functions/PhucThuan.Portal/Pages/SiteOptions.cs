using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Pages;

/// <summary>What a portal calls itself, from section <c>Site</c>.</summary>
public sealed record SiteOptions
{
    public const string Section = "Site";

    /// <summary>Stands in the header and after the title of each page.</summary>
    [Required(ErrorMessage = "Site:Name must not be empty: it is the name of the portal in the header of every page.")]
    [StringLength(100, ErrorMessage = "Site:Name must be at most 100 characters.")]
    public string Name { get; init; } = "Cổng thông tin xã Phúc Thuận";
}

[OptionsValidator]
internal sealed partial class SiteOptionsValidator : IValidateOptions<SiteOptions>;
