namespace PhucThuan.Portal.Visits.Referrers;

/// <summary>Visits that came from one site on one day in Viet Nam.</summary>
/// <param name="Host">Its host, or <see cref="ReferrerHosts.Others"/>.</param>
public sealed record ReferrerDay(DateOnly Day, string Host, long Visits);

/// <summary>Visits that came from one site.</summary>
public sealed record ReferrerVisits(string Host, long Visits);
