using CsCheck;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>One commit of a random history.</summary>
/// <param name="Writer">Index of the writer. A writer whose last batch failed retries that batch instead.</param>
/// <param name="Views">Views of the batch.</param>
/// <param name="Drop">Reason of a dropped view in the batch, on the day of the first view.</param>
/// <param name="Fault">Fault of the network during the commit.</param>
/// <param name="Arrives">Whether the oldest late request, if any, reaches storage before the commit.</param>
internal sealed record CounterStep(
    int Writer, IReadOnlyList<Visit> Views, DropReason? Drop, TransportFault Fault, bool Arrives)
{
    /// <summary>Late requests and false conflicts are frequent: sequences of them are the hardest cases.</summary>
    public static readonly Gen<TransportFault> AnyFault = Gen.Frequency(
        (3, TransportFault.None),
        (1, TransportFault.RequestLost),
        (1, TransportFault.AnswerLost),
        (1, TransportFault.AnswerCut),
        (1, TransportFault.SentTwice),
        (3, TransportFault.FalseConflict),
        (3, TransportFault.RequestLate));

    /// <param name="slugs">Number of different articles.</param>
    /// <param name="days">Days of the views.</param>
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

    /// <summary>The step in the history that a failed property prints.</summary>
    public override string ToString()
    {
        var views = Views.Select(view =>
            $"{view.Slug} {VietnamTime.FormatIso(view.Day)}{(view.StartsVisit ? " visit" : "")}");
        return $"{(Arrives ? "late one arrives; " : "")}{Writer}: {string.Join(", ", views)} {Drop} ({Fault})";
    }
}
