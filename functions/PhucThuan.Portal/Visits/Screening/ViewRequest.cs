using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>A request that asks for a view of an article to be counted.</summary>
/// <param name="Slug">As in the address: the article may not exist.</param>
/// <param name="Day">The day in Viet Nam.</param>
/// <param name="StartsVisit">
/// Whether the browser was away for 30 minutes, by its own memory; null when it has none, and the memory of this
/// instance decides.
/// </param>
/// <param name="ViewId">See <see cref="Visit.ViewId"/>.</param>
/// <param name="Referrer">Host of the page that linked to the portal, as the browser sent it; null when it sent
/// none.</param>
public sealed record ViewRequest(
    HttpRequest Http, string Slug, DateOnly Day, bool? StartsVisit, string? ViewId, string? Referrer = null)
{
    /// <summary>The entry in <see cref="RecentVisitors"/>; null while there is none.</summary>
    internal RecentView? Recent { get; set; }
}
