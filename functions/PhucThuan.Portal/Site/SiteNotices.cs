namespace PhucThuan.Portal.Site;

/// <summary>A banner on every page that links to an urgent article.</summary>
/// <param name="Path">Address of the article.</param>
/// <param name="From">When the article is published.</param>
/// <param name="Until">When the banner ends; exclusive.</param>
public sealed record SiteNotice(string Path, string Title, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Of the title (BCP 47); null for Vietnamese.</summary>
    public string? Language { get; init; }
}

/// <summary>
/// The banners of this instance. Pages are cached, so whoever caches one keeps <see cref="Current"/> with it and
/// renders the page again when it has changed.
/// </summary>
public sealed class SiteNotices(TimeProvider clock)
{
    /// <summary>More than these would push the page out of a phone's screen.</summary>
    private const int MaxShown = 3;

    private IReadOnlyList<SiteNotice> _all = [];

    /// <summary>Those of this moment, the newest first.</summary>
    public SiteNoticeList Current
    {
        get
        {
            var now = clock.GetUtcNow();
            return new([.. _all.Where(notice => notice.From <= now && now < notice.Until).Take(MaxShown)]);
        }
    }

    /// <param name="all">Those of the past and the future too, the newest first.</param>
    public void Set(IReadOnlyList<SiteNotice> all) => _all = all;
}

/// <summary>The banners of one page; equal when they are the same in the same order.</summary>
public sealed record SiteNoticeList(IReadOnlyList<SiteNotice> Notices)
{
    public bool Equals(SiteNoticeList? other) => other is not null && Notices.SequenceEqual(other.Notices);

    public override int GetHashCode() => Notices.Aggregate(0, HashCode.Combine);
}
