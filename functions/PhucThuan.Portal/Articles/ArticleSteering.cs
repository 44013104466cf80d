namespace PhucThuan.Portal.Articles;

/// <summary>
/// What an editor decides about an article beside its text. Every end is exclusive; null means never.
/// </summary>
/// <param name="PinnedUntil">Until then the article leads the home page; <see cref="DateTimeOffset.MaxValue"/> for no
/// end.</param>
/// <param name="UrgentUntil">Until then every page has a banner that links to the article.</param>
/// <param name="Expires">From then on the page says that the matter is over, and lists and feeds leave the article
/// out.</param>
/// <param name="Updated">When the text was changed in substance, as the editor put it.</param>
/// <param name="Correction">What was changed, for readers.</param>
/// <param name="Redirect">Slug of the article that replaces this one.</param>
public sealed record ArticleSteering(
    DateTimeOffset? PinnedUntil = null,
    DateTimeOffset? UrgentUntil = null,
    DateTimeOffset? Expires = null,
    DateTimeOffset? Updated = null,
    string? Correction = null,
    string? Redirect = null)
{
    public static ArticleSteering None { get; } = new();

    public bool IsPinnedAt(DateTimeOffset now) => PinnedUntil > now;

    public bool HasEndedAt(DateTimeOffset now) => Expires <= now;

    /// <summary>When lists and banners change without a change of the file.</summary>
    public IEnumerable<DateTimeOffset> Changes() =>
        new[] { PinnedUntil, UrgentUntil, Expires }.OfType<DateTimeOffset>();
}
