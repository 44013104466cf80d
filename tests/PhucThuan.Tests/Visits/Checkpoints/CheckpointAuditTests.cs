using System.Text;
using PhucThuan.LocalHost.Verification;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Tests.Visits.Checkpoints;

[Fast]
public sealed class CheckpointAuditTests
{
    private static readonly DateOnly First = new(2026, 11, 20);

    private static readonly PublishedStatistics Published = new(
        First,
        CountedVisits: 40,
        [new PublishedEntry(1000, VietnamTime.StartOf(First))],
        [.. Enumerable.Range(0, 3).Select(day => new PublishedDay(First.AddDays(day), 10, 20))],
        [.. Enumerable.Range(0, 3).SelectMany(day => new ArticleDayStatistics[]
        {
            new(First.AddDays(day), "bai-a", 7, 15), new(First.AddDays(day), "bai-b", 3, 5),
        })]);

    [Fact]
    public void An_intact_chain_agrees_with_its_hashes_kept_lines_and_the_statistics()
    {
        var lines = Chain();
        var audit = Audit(lines);
        audit.CheckKept(Encoding.UTF8.GetBytes(lines[1]));
        audit.CheckKept(Encoding.UTF8.GetBytes(lines[0] + "\r\n" + lines[2] + "\r\n"));
        audit.CheckKept(Encoding.UTF8.GetBytes(Checkpoint.HashOf(Encoding.UTF8.GetBytes(lines[1])).ToUpperInvariant()));
        audit.CheckPublished(Published);

        Assert.Empty(audit.Findings);
        Assert.Equal(3, audit.Checkpoints.Count);
    }

    /// <summary>
    /// Each line contains the hash of the line before, so a change requires a change of all later lines, and then a
    /// kept line is missing.
    /// </summary>
    [Theory]
    [InlineData("\"visits\":10,\"views\":20", "\"visits\":11,\"views\":20")]
    [InlineData("\"total\":1020", "\"total\":1021")]
    [InlineData("\"ledger\":1000", "\"ledger\":999")]
    [InlineData("\"bai-a\":{\"visits\":7,\"views\":15}", "\"bai-a\":{\"visits\":7,\"views\":16}")]
    [InlineData("\"bai-a\"", "\"bai-c\"")]
    [InlineData("\"day\"", " \"day\"")]
    public void A_changed_line_breaks_the_chain(string former, string changed)
    {
        var lines = Chain();
        Assert.Contains(former, lines[1], StringComparison.Ordinal);
        var altered = lines.ToArray();
        altered[1] = lines[1].Replace(former, changed, StringComparison.Ordinal);

        Assert.Contains(
            Audit(altered).Findings,
            finding => finding.StartsWith("The chain is broken at line 3", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kept_line_reveals_a_consistently_rewritten_chain()
    {
        var kept = Chain()[1];
        var audit = Audit(Chain(visitsOfSecondDay: 11));
        Assert.Empty(audit.Findings);

        audit.CheckKept(Encoding.UTF8.GetBytes(kept));

        Assert.StartsWith(
            "The kept line is not in the chain any more",
            Assert.Single(audit.Findings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_missing_or_moved_line_is_reported(int removed)
    {
        var lines = Chain().ToList();
        lines.RemoveAt(removed);
        var cut = Audit(lines);
        cut.CheckKept(Encoding.UTF8.GetBytes(string.Join('\n', Chain())));
        Assert.NotEmpty(cut.Findings);

        lines = [.. Chain()];
        (lines[removed], lines[(removed + 1) % 3]) = (lines[(removed + 1) % 3], lines[removed]);
        Assert.NotEmpty(Audit(lines).Findings);
    }

    [Fact]
    public void Published_numbers_that_differ_from_the_checkpoints_are_reported()
    {
        (PublishedStatistics Now, string Finding)[] cases =
        [
            (Published with { Days = [.. Published.Days.Take(2), new(First.AddDays(2), 9, 20)] },
                "2026-11-22: visits should be 10 and is 9."),
            (Published with { Days = [new(First, 10, 21), .. Published.Days.Skip(1)] },
                "2026-11-20: views should be 20 and is 21."),
            (Published with { Articles = [.. Published.Articles.Skip(1)] },
                "2026-11-20: views of bai-a should be 15 and is 0."),
            (Published with { Articles = [.. Published.Articles, new(First, "bai-moi", 0, 1)] },
                "2026-11-20: views of bai-moi should be 0 and is 1."),
            (Published with { Ledger = [] }, "2026-11-20: ledger should be 1000 and is 0."),
            (Published with { Ledger = [.. Published.Ledger, new(5, VietnamTime.StartOf(First.AddDays(2)))] },
                "2026-11-22: ledger should be 1000 and is 1005."),
            (Published with { CountedVisits = 29 }, "2026-11-22: visits counted should be 30 and is 29."),
        ];
        foreach (var (now, finding) in cases)
        {
            var audit = Audit(Chain());
            audit.CheckPublished(now);

            Assert.Contains(finding, audit.Findings);
        }
    }

    [Fact]
    public void Days_beyond_the_retention_are_not_compared()
    {
        var audit = Audit(Chain());
        audit.CheckPublished(Published with
        {
            FirstDayKept = First.AddDays(1),
            Days = [new(First, 0, 0), .. Published.Days.Skip(1)],
            Articles = [.. Published.Articles.Skip(2)],
        });

        Assert.Empty(audit.Findings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{\"day\":\"2026-11-23\"}")]
    public void A_line_that_is_no_checkpoint_is_reported(string line)
    {
        var audit = Audit([.. Chain(), line.Length == 0 ? " " : line]);

        Assert.StartsWith(
            "Line 4 of the checkpoints cannot be read",
            Assert.Single(audit.Findings),
            StringComparison.Ordinal);
    }

    private static CheckpointAudit Audit(IEnumerable<string> lines) =>
        new(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    private static string[] Chain(long visitsOfSecondDay = 10)
    {
        var lines = new List<string>();
        long counted = 0;
        for (var day = 0; day < 3; day++)
        {
            var visits = day == 1 ? visitsOfSecondDay : 10;
            counted += visits;
            var previous = lines.Count == 0 ? null : Checkpoint.HashOf(Encoding.UTF8.GetBytes(lines[^1]));
            var articles = new Dictionary<string, ArticleSum>
            {
                ["bai-a"] = new(visits - 3, 15),
                ["bai-b"] = new(3, 5),
            };
            lines.Add(
                Encoding.UTF8.GetString(
                    new Checkpoint(
                        First.AddDays(day),
                        visits,
                        20,
                        counted,
                        20 * (day + 1),
                        1000,
                        1000 + counted,
                        articles,
                        previous
                    ).ToLine()));
        }

        return [.. lines];
    }
}
