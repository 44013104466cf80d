using CsCheck;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>One commit of a random history.</summary>
/// <param name="Writer">Who commits; one that has not committed its last batch tries that one again instead.</param>
/// <param name="Views">What is to be counted.</param>
/// <param name="Drop">What is to be tallied beside, on the first view's day.</param>
/// <param name="Fault">What becomes of the commit.</param>
/// <param name="Arrives">Whether a late request, if there is one, reaches storage before.</param>
internal sealed record CounterStep(
    int Writer, IReadOnlyList<Visit> Views, DropReason? Drop, TransportFault Fault, bool Arrives)
{
    /// <summary>Late requests and conflicts that nobody caused are the worst, above all one after the other.</summary>
    public static readonly Gen<TransportFault> AnyFault = Gen.Frequency(
        (3, TransportFault.None),
        (1, TransportFault.RequestLost),
        (1, TransportFault.AnswerLost),
        (1, TransportFault.AnswerCut),
        (1, TransportFault.SentTwice),
        (3, TransportFault.FalseConflict),
        (3, TransportFault.RequestLate));

    /// <param name="slugs">How many articles there are.</param>
    /// <param name="days">On which days they are viewed.</param>
    public static Gen<Visit> AnyVisit(int slugs, Gen<DateOnly> days) =>
        Gen.Select(Gen.Int[1, slugs], days, Gen.Bool, (slug, day, starts) => new Visit($"bai-{slug}", day, starts));

    public static Gen<CounterStep> Any(Gen<DateOnly> days) => Gen.Select(
        Gen.Int[0, 5],
        AnyVisit(slugs: 4, days).List[1, 3],
        Gen.Enum<DropReason>().Nullable(),
        AnyFault,
        Gen.Bool,
        (writer, views, drop, fault, arrives) => new CounterStep(writer, views, drop, fault, arrives));

    public CommitBatch ToBatch()
    {
        var batch = new CommitBatch();
        Assert.All(Views, view => Assert.True(batch.TryAdd(new PendingVisit(view), now: 0)));
        Assert.True(Drop is not { } reason || batch.TryAddDrop(Views[0].Day, reason, now: 0));
        return batch;
    }

    /// <summary>As a failed property tells its history.</summary>
    public override string ToString()
    {
        var views = Views.Select(view =>
            $"{view.Slug} {VietnamTime.FormatIso(view.Day)}{(view.StartsVisit ? " visit" : "")}");
        return $"{(Arrives ? "late one arrives; " : "")}{Writer}: {string.Join(", ", views)} {Drop} ({Fault})";
    }
}
