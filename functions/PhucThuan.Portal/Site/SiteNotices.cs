namespace PhucThuan.Portal.Site;

/// <summary>A banner on every page that links to an urgent article.</summary>
/// <param name="Path">Address of the article.</param>
/// <param name="From">When the article is published.</param>
/// <param name="Until">When the banner ends; exclusive.</param>
public sealed record SiteNotice(string Path, string Title, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Language of the title (BCP 47); null for Vietnamese.</summary>
    public string? Language { get; init; }
}

/// <summary>
/// The banners of this instance. A cache of pages stores <see cref="Current"/> with each page and renders the page
/// again when it differs.
/// </summary>
public sealed class SiteNotices(TimeProvider clock)
{
    /// <summary>Limit, so that the page itself remains visible on a phone.</summary>
    private const int MaxShown = 3;

    private IReadOnlyList<SiteNotice> _all = [];

    /// <summary>The banners to show now, newest first.</summary>
    public SiteNoticeList Current
    {
        get
        {
            var now = clock.GetUtcNow();
            return new([.. _all.Where(notice => notice.From <= now && now < notice.Until).Take(MaxShown)]);
        }
    }

    /// <param name="all">Newest first, including past and future banners.</param>
    public void Set(IReadOnlyList<SiteNotice> all) => _all = all;
}

/// <summary>The banners of a page, compared by value and order.</summary>
public sealed record SiteNoticeList(IReadOnlyList<SiteNotice> Notices)
{
    public bool Equals(SiteNoticeList? other) => other is not null && Notices.SequenceEqual(other.Notices);

    public override int GetHashCode() => Notices.Aggregate(0, HashCode.Combine);
}
