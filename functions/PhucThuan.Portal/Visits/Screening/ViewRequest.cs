using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>A request to count a view of an article.</summary>
/// <param name="Slug">From the address; the article may not exist.</param>
/// <param name="Day">The day in Viet Nam.</param>
/// <param name="StartsVisit">
/// True when the browser was away for 30 minutes, according to the browser itself; null when it does not know, and
/// <see cref="RecentVisitors"/> decides.
/// </param>
/// <param name="ViewId">See <see cref="Visit.ViewId"/>.</param>
/// <param name="Referrer">Host of the page that linked to the portal, as sent by the browser; null without one.</param>
public sealed record ViewRequest(
    HttpRequest Http, string Slug, DateOnly Day, bool? StartsVisit, string? ViewId, string? Referrer = null)
{
    /// <summary>The entry in <see cref="RecentVisitors"/>; null without one.</summary>
    internal RecentView? Recent { get; set; }
}
