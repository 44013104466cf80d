namespace PhucThuan.Bill;

/// <summary>Quantities that Azure bills by use.</summary>
/// <param name="Executions">Function executions, one for each request.</param>
/// <param name="BusySeconds">Billed seconds of one instance that serves all requests.</param>
/// <param name="SpreadSeconds">Billed seconds of two instances that serve every second request each.</param>
/// <param name="TableOperations">A group transaction is one operation.</param>
/// <param name="BlobWrites">Writes and listings, which have one price.</param>
/// <param name="BlobReads">Reads and all other operations, which have one price; deletions are free.</param>
/// <param name="BytesOut">Bodies and headers of responses.</param>
/// <param name="LogBytes">Metrics, traces, warnings and errors of the app, as sent.</param>
internal sealed record Meters(
    double Executions = 0,
    double BusySeconds = 0,
    double SpreadSeconds = 0,
    double TableOperations = 0,
    double BlobWrites = 0,
    double BlobReads = 0,
    double BytesOut = 0,
    double LogBytes = 0)
{
    public static Meters operator +(Meters left, Meters right) => new(
        left.Executions + right.Executions,
        left.BusySeconds + right.BusySeconds,
        left.SpreadSeconds + right.SpreadSeconds,
        left.TableOperations + right.TableOperations,
        left.BlobWrites + right.BlobWrites,
        left.BlobReads + right.BlobReads,
        left.BytesOut + right.BytesOut,
        left.LogBytes + right.LogBytes);

    public static Meters operator *(double times, Meters meters) => new(
        times * meters.Executions,
        times * meters.BusySeconds,
        times * meters.SpreadSeconds,
        times * meters.TableOperations,
        times * meters.BlobWrites,
        times * meters.BlobReads,
        times * meters.BytesOut,
        times * meters.LogBytes);
}
