namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>Sums of the ledger entries of articles, in views; added to the counted views.</summary>
public sealed class ArticleBalances
{
    private readonly Dictionary<string, long> _views = [];

    private ArticleBalances()
    {
    }

    /// <summary>Number of articles with an entry.</summary>
    public int Articles => _views.Count;

    public long Sum => _views.Values.Sum();

    public static async Task<ArticleBalances> SumAsync(
        IAsyncEnumerable<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        var balances = new ArticleBalances();
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (entry.Article is { } article)
            {
                balances._views[article] = balances.Of(article) + entry.Amount;
            }
        }

        return balances;
    }

    public long Of(string article) => _views.GetValueOrDefault(article);
}
