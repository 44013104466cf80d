using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Visits.Referrers;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Reads the rankings for the statistics pages.</summary>
public sealed class ReportReader(StatisticsReader statistics, CatalogueCache catalogues)
{
    /// <summary>
    /// Sites with fewer visits are not shown, because a host with a single visitor may identify that person.
    /// </summary>
    public const int MinReferrerVisits = 3;

    private const int Ranks = 10;

    /// <summary>The most viewed articles of these days, most viewed first.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public async Task<IReadOnlyList<ArticleViews>> ReadMostReadAsync(
        DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var views = new Dictionary<string, long>();
        await foreach (var day in statistics.ReadArticlesAsync(first, last, cancellationToken))
        {
            views[day.Article] = views.GetValueOrDefault(day.Article) + day.Views;
        }

        // Not TryGetAsync, because without a catalogue every article would be shown as removed.
        var articles = await catalogues.GetAsync(cancellationToken);
        return
        [
            .. from ranked in Rank(views)
               let article = articles.Find(ranked.Key)
               select new ArticleViews(ranked.Key, article?.Title, ranked.Value) { Language = article?.Language },
        ];
    }

    /// <summary>The most frequent referring sites of these days, most frequent first.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public async Task<IReadOnlyList<ReferrerVisits>> ReadReferrersAsync(
        DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var visits = new Dictionary<string, long>();
        await foreach (var day in statistics.ReadReferrersAsync(first, last, cancellationToken))
        {
            visits[day.Host] = visits.GetValueOrDefault(day.Host) + day.Visits;
        }

        return
        [
            .. Rank(visits.Where(host => host.Value >= MinReferrerVisits))
                .Select(host => new ReferrerVisits(host.Key, host.Value)),
        ];
    }

    private static IEnumerable<KeyValuePair<string, long>> Rank(IEnumerable<KeyValuePair<string, long>> numbers) =>
        numbers.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Ranks);
}
