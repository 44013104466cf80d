using System.Globalization;

namespace PhucThuan.Faults;

/// <summary>
/// Result of a run, summed over articles. Rows of the site, of days and of articles' days are compared too.
/// </summary>
/// <param name="Sent">Number of visits.</param>
/// <param name="Acknowledged">Responses with 200.</param>
/// <param name="Refused">Responses with an error. The visit is usually not counted, but that is not guaranteed.</param>
/// <param name="Broken">Requests without a response, for example of a killed process. The visit may be counted.</param>
/// <param name="Resent">Retries with the same id, after an error, no response or a lost acknowledgement.</param>
/// <param name="Counted">Visits in storage at the end.</param>
/// <param name="Lost">Visits that were acknowledged but not counted, or counted in some of their rows only.</param>
/// <param name="Doubled">Visits counted in excess of those that were sent and not certainly refused.</param>
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
