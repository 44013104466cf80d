namespace PhucThuan.Portal.Visits.Counting;

/// <summary>One view of an article, to be counted.</summary>
/// <param name="Slug">The article, which must exist.</param>
/// <param name="Day">The day in Viet Nam.</param>
/// <param name="StartsVisit">Whether it is the first view by a browser that has been away for 30 minutes.</param>
public sealed record Visit(string Slug, DateOnly Day, bool StartsVisit)
{
    internal Counts Counts => new(StartsVisit ? 1 : 0, 1);

    internal IReadOnlyList<string> Rows =>
        [VisitTable.SiteRow, VisitTable.DayRow(Day), VisitTable.ArticleRow(Slug), VisitTable.ArticleDayRow(Day, Slug)];
}
