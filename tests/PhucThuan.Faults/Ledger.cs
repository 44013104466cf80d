using System.Globalization;

namespace PhucThuan.Faults;

/// <summary>The account of a run, added up over articles; site, days and articles' days are compared too.</summary>
/// <param name="Sent">Visits posted.</param>
/// <param name="Acknowledged">Answered with 200.</param>
/// <param name="Refused">Answered with an error: as a rule not counted, never to be relied on.</param>
/// <param name="Broken">Not answered, as when a process is killed: counted or not.</param>
/// <param name="Resent">Views sent again under their id, after any of these or after a lost acknowledgement.</param>
/// <param name="Counted">In storage at the end.</param>
/// <param name="Lost">Acknowledged but not counted, or counted in some of its rows only.</param>
/// <param name="Doubled">Counted beyond all that was sent for the same row and not certainly refused.</param>
/// <param name="Faults">Faults of the network.</param>
/// <param name="Kills">Worker processes killed.</param>
/// <param name="Restarts">Restarts of the emulator.</param>
internal sealed record Ledger(
    long Sent,
    long Acknowledged,
    long Refused,
    long Broken,
    long Resent,
    long Counted,
    long Lost,
    long Doubled,
    long Faults,
    int Kills,
    int Restarts)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        sent          {Sent,9}
        acknowledged  {Acknowledged,9}
        refused       {Refused,9}
        broken        {Broken,9}
        resent        {Resent,9}
        counted       {Counted,9}
        lost          {Lost,9}
        doubled       {Doubled,9}
        with {Faults} faults of the network, {Kills} workers killed, {Restarts} restarts of the emulator
        """);
}
