using System.Text;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Checkpoints;

namespace PhucThuan.LocalHost.Verification;

/// <summary>
/// Verifies the checkpoints of a portal: the hash chain, the sums, lines that were saved earlier, and the numbers that
/// the portal publishes now.
/// </summary>
public sealed class CheckpointAudit
{
    private const byte LineFeed = (byte)'\n';

    private readonly List<Checkpoint> _checkpoints = [];
    private readonly List<string> _hashes = [];
    private readonly List<string> _findings = [];

    /// <param name="file">Content of <c>/api/checkpoints.jsonl</c>.</param>
    public CheckpointAudit(ReadOnlyMemory<byte> file)
    {
        var number = 0;
        foreach (var line in SplitLines(file))
        {
            number++;
            try
            {
                var checkpoint = Checkpoint.Parse(line.Span);
                CheckChain(number, checkpoint);
                CheckSums(checkpoint);
                _checkpoints.Add(checkpoint);
            }
            catch (FormatException fault)
            {
                _findings.Add($"Line {number} of the checkpoints cannot be read: {fault.Message}");
            }

            _hashes.Add(Checkpoint.HashOf(line.Span));
        }
    }

    /// <summary>The checkpoints that could be read, the oldest first.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints => _checkpoints;

    /// <summary>Discrepancies, one sentence each; empty when everything agrees.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>
    /// Checks that each saved line, or the line with the saved hash, is still in the chain, byte for byte.
    /// </summary>
    public void CheckKept(ReadOnlyMemory<byte> kept)
    {
        foreach (var line in SplitLines(kept))
        {
            var text = Encoding.UTF8.GetString(line.Span).Trim();
            var hash = IsHash(text) ? text.ToLowerInvariant() : Checkpoint.HashOf(line.Span);
            if (!_hashes.Contains(hash))
            {
                _findings.Add($"The kept line is not in the chain any more: {Shorten(text)}");
            }
        }
    }

    /// <summary>Compares days, articles and ledger with what the portal publishes.</summary>
    public void CheckPublished(PublishedStatistics published)
    {
        var days = published.Days.ToDictionary(day => day.Day);
        var articles = published.Articles.ToLookup(article => article.Day);
        foreach (var checkpoint in _checkpoints.Where(checkpoint => checkpoint.Day >= published.FirstDayKept))
        {
            if (!days.TryGetValue(checkpoint.Day, out var day))
            {
                continue;
            }

            Compare(checkpoint, "visits", checkpoint.Visits, day.Visits);
            Compare(checkpoint, "views", checkpoint.Views, day.Views);
            var now = articles[checkpoint.Day].ToDictionary(
                article => article.Article, article => new ArticleSum(article.Visits, article.Views));
            foreach (var slug in checkpoint.Articles.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
            {
                var (then, today) = (checkpoint.Articles.GetValueOrDefault(slug), now.GetValueOrDefault(slug));
                Compare(checkpoint, $"views of {slug}", then?.Views ?? 0, today?.Views ?? 0);
                Compare(checkpoint, $"visits of {slug}", then?.Visits ?? 0, today?.Visits ?? 0);
            }
        }

        CheckLedger(published);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> SplitLines(ReadOnlyMemory<byte> file)
    {
        while (file.Length > 0)
        {
            var end = file.Span.IndexOf(LineFeed);
            var line = end < 0 ? file : file[..end];
            file = end < 0 ? default : file[(end + 1)..];

            // A text editor may have added a carriage return; a checkpoint never ends with one.
            line = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);

    private static string Shorten(string line) => line.Length > 100 ? line[..100] + "…" : line;

    private void CheckChain(int number, Checkpoint checkpoint)
    {
        var previous = _hashes.Count == 0 ? null : _hashes[^1];
        if (checkpoint.Previous != previous)
        {
            _findings.Add(
                $"The chain is broken at line {number}, {VietnamTime.FormatIso(checkpoint.Day)}: the line before"
                    + $" has hash {previous ?? "(none)"}, but {checkpoint.Previous ?? "(none)"} is named.");
        }

        if (_checkpoints.Count == 0)
        {
            return;
        }

        var before = _checkpoints[^1];
        if (checkpoint.Day != before.Day.AddDays(1))
        {
            _findings.Add(
                $"{VietnamTime.FormatIso(checkpoint.Day)} does not follow {VietnamTime.FormatIso(before.Day)}.");
        }

        Compare(checkpoint, "visits counted", before.CountedVisits + checkpoint.Visits, checkpoint.CountedVisits);
        Compare(checkpoint, "views counted", before.CountedViews + checkpoint.Views, checkpoint.CountedViews);
    }

    private void CheckSums(Checkpoint checkpoint)
    {
        Compare(checkpoint, "total", checkpoint.CountedVisits + checkpoint.Ledger, checkpoint.Total);
        Compare(
            checkpoint,
            "visits of all articles",
            checkpoint.Articles.Values.Sum(sum => sum.Visits),
            checkpoint.Visits);
        Compare(
            checkpoint,
            "views of all articles",
            checkpoint.Articles.Values.Sum(sum => sum.Views),
            checkpoint.Views);
    }

    private void CheckLedger(PublishedStatistics published)
    {
        foreach (var checkpoint in _checkpoints)
        {
            var sum = published.Ledger
                .Where(entry => VietnamTime.DayOf(entry.Time) <= checkpoint.Day)
                .Sum(entry => entry.Amount);
            if (sum != checkpoint.Ledger)
            {
                Compare(checkpoint, "ledger", checkpoint.Ledger, sum);
                break; // the same difference appears in all later days
            }
        }

        if (_checkpoints.Count > 0 && published.CountedVisits < _checkpoints[^1].CountedVisits)
        {
            Compare(_checkpoints[^1], "visits counted", _checkpoints[^1].CountedVisits, published.CountedVisits);
        }
    }

    private void Compare(Checkpoint checkpoint, string what, long expected, long actual)
    {
        if (expected != actual)
        {
            _findings.Add($"{VietnamTime.FormatIso(checkpoint.Day)}: {what} should be {expected} and is {actual}.");
        }
    }
}
