namespace PhucThuan.Portal.Visits.Counting;

/// <summary>One view of an article, to be counted.</summary>
/// <param name="Slug">The article, which must exist.</param>
/// <param name="Day">The day in Viet Nam.</param>
/// <param name="StartsVisit">Whether it is the first view by a browser that has been away for 30 minutes.</param>
/// <param name="ViewId">
/// Identifies the view across retries: 16 to 32 characters of base64url, random. Null when the caller sent none; such a
/// view cannot be recognised when it is sent again.
/// </param>
/// <param name="ReferrerHost">
/// The site that a visit came from; null when there is none, or when the view begins no visit. Its row is written in
/// the transaction of the others.
/// </param>
public sealed record Visit(
    string Slug, DateOnly Day, bool StartsVisit, string? ViewId = null, string? ReferrerHost = null)
{
    internal Counts Counts => new(StartsVisit ? 1 : 0, 1);

    internal IReadOnlyList<string> Rows =>
    [
        VisitTable.SiteRow,
        VisitTable.DayRow(Day),
        VisitTable.ArticleRow(Slug),
        VisitTable.ArticleDayRow(Day, Slug),
        .. ReferrerHost is null ? (IEnumerable<string>)[] : [VisitTable.ReferrerRow(Day, ReferrerHost)],
    ];
}
