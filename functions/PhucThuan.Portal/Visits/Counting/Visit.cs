namespace PhucThuan.Portal.Visits.Counting;

/// <summary>A view of an article that is to be counted.</summary>
/// <param name="Slug">Slug of an existing article.</param>
/// <param name="Day">The day in Viet Nam.</param>
/// <param name="StartsVisit">True for the first view by a browser that has been away for 30 minutes.</param>
/// <param name="ViewId">
/// Identifies the view across retries: 16 to 32 random characters of base64url. Null when the client sent none; retries
/// of such a view are counted again.
/// </param>
/// <param name="ReferrerHost">
/// Referring site of the visit; null without one, or when the view does not start a visit. Its row is part of the same
/// transaction.
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
