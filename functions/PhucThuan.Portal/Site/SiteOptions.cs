using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Site;

/// <summary>Name, description, contact and address of the portal, from section <c>Site</c>.</summary>
public sealed partial record SiteOptions : IValidatableObject
{
    public const string Section = "Site";

    private const int MaxLength = 100;
    private const int MaxDescription = 300;
    private const int MaxContact = 500;

    /// <summary>Shown in the header and after the title of each page.</summary>
    public string Name { get; init; } = "Cổng thông tin xã Phúc Thuận";

    /// <summary>One sentence for search engines.</summary>
    public string Description { get; init; } = "Tin tức, thông báo và thủ tục hành chính của xã.";

    /// <summary>
    /// Responsible body and contact in the footer, lines separated by <c>|</c>:
    /// <c>Cơ quan chủ quản: … | Điện thoại: …</c>. Null or empty shows nothing.
    /// </summary>
    public string? Contact { get; init; }

    /// <summary>
    /// For previews: the browser reloads a page when its file has been saved. Costs one request per second and page.
    /// </summary>
    public bool ReloadsOnSave { get; init; }

    /// <summary>
    /// True to cache articles in the browsers of their readers, for offline reading. False also deletes existing
    /// caches.
    /// </summary>
    public bool Offline { get; init; } = true;

    /// <summary>The non-empty lines of <see cref="Contact"/>.</summary>
    public IReadOnlyList<string> ContactLines =>
        Contact?.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>
    /// Public base address of the portal, such as <c>https://phucthuan.example.vn</c>; null for the address of the
    /// function app. The Host header is not used, because a forged value would enter the cached pages.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>
    /// Picture in place of the portal's icon in the header, in container <c>media</c>: <c>media/huy-hieu.png</c>.
    /// </summary>
    public string? Emblem { get; init; }

    /// <summary>Wide picture above the home page on wide screens: <c>media/canh-xa.jpg</c>.</summary>
    public string? Banner { get; init; }

    /// <summary>Colour of links, buttons and lines, <c>#rrggbb</c>; null for the portal's green.</summary>
    public string? Accent { get; init; }

    /// <summary><see cref="Accent"/> in dark mode.</summary>
    public string? AccentDark { get; init; }

    /// <summary>
    /// Script of the national web analytics, <c>https://…</c>, on every page for readers; null for none. The Content
    /// Security Policy allows its host, and the page about the portal names it.
    /// </summary>
    public Uri? MeasuringTag { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > MaxLength)
        {
            yield return new ValidationResult(
                $"Site:Name is '{Name}'; allowed is the portal's name in 1 to {MaxLength} characters.");
        }

        if (string.IsNullOrWhiteSpace(Description) || Description.Length > MaxDescription)
        {
            yield return new ValidationResult(
                $"Site:Description is '{Description}'; allowed is a sentence of 1 to {MaxDescription} characters.");
        }

        if (Contact?.Length > MaxContact)
        {
            yield return new ValidationResult(
                $"Site:Contact has {Contact.Length} characters; allowed are {MaxContact}, in lines separated by '|'.");
        }

        foreach (var (name, picture) in new[] { (nameof(Emblem), Emblem), (nameof(Banner), Banner) })
        {
            if (!string.IsNullOrEmpty(picture) && !MediaPicture().IsMatch(picture))
            {
                yield return new ValidationResult(
                    $"Site:{name} is '{picture}'; allowed is a picture in container media, such as media/huy-hieu.png, "
                        + "named with letters a to z, digits, '.', '_', '-' and '/'.");
            }
        }

        foreach (var (name, color, backgrounds) in new[]
        {
            (nameof(Accent), Accent, AccentColor.LightBackgrounds),
            (nameof(AccentDark), AccentDark, AccentColor.DarkBackgrounds),
        })
        {
            if (!string.IsNullOrEmpty(color) && AccentColor.FindProblem(color, backgrounds) is { } problem)
            {
                yield return new ValidationResult($"Site:{name} is '{color}'; {problem}.");
            }
        }

        if (string.IsNullOrEmpty(Accent) != string.IsNullOrEmpty(AccentDark))
        {
            yield return new ValidationResult(
                "Site:Accent and Site:AccentDark belong together: set both, for light and for dark mode, or neither.");
        }

        if (MeasuringTag is not null
            && MeasuringTag is not { IsAbsoluteUri: true, Scheme: "https", Fragment: "", UserInfo: "" })
        {
            yield return new ValidationResult(
                $"Site:MeasuringTag is '{MeasuringTag}'; allowed is the address of a script with https, such as "
                    + "https://do.example.vn/the.js.");
        }

        if (Address is not null
            && !(Address is { IsAbsoluteUri: true, AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && Address.Scheme is "https" or "http"))
        {
            yield return new ValidationResult(
                $"Site:Address is '{Address}'; allowed is an address without a path, such as https://"
                    + "phucthuan.example.vn.");
        }
    }

    [GeneratedRegex(@"^media/(?!.*\.\.)[A-Za-z0-9._/-]+\.(?:png|jpe?g|webp|gif|avif)\z", RegexOptions.CultureInvariant)]
    private static partial Regex MediaPicture();
}

[OptionsValidator]
internal sealed partial class SiteOptionsValidator : IValidateOptions<SiteOptions>;
