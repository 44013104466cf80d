namespace PhucThuan.Portal.Articles;

/// <summary>
/// Metadata with which an editor controls where and how long an article appears. Ends are exclusive; null means not
/// set.
/// </summary>
/// <param name="PinnedUntil">
/// End of the article's place at the top of the home page; <see cref="DateTimeOffset.MaxValue"/> for no end.
/// </param>
/// <param name="UrgentUntil">End of the banner on every page that links to the article.</param>
/// <param name="Expires">
/// From then on, the page shows that the matter is over, and lists and feeds omit the article.
/// </param>
/// <param name="Updated">The editor's date of the last substantial change.</param>
/// <param name="Correction">Description of the change, for readers.</param>
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

    /// <summary>Times at which lists and banners change without a change of the file.</summary>
    public IEnumerable<DateTimeOffset> Changes() =>
        new[] { PinnedUntil, UrgentUntil, Expires }.OfType<DateTimeOffset>();
}
