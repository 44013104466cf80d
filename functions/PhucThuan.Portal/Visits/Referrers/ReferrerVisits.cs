namespace PhucThuan.Portal.Visits.Referrers;

/// <summary>Visits from a referring site on a day in Viet Nam.</summary>
/// <param name="Host">Host of the site, or <see cref="ReferrerHosts.Others"/>.</param>
public sealed record ReferrerDay(DateOnly Day, string Host, long Visits);

/// <summary>Visits from a referring site.</summary>
public sealed record ReferrerVisits(string Host, long Visits);
