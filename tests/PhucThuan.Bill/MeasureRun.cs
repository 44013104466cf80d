namespace PhucThuan.Bill;

/// <summary>
/// All measurements. They run concurrently, each with its own storage, because most of the time they wait.
/// </summary>
internal static class MeasureRun
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Arrivals = TimeSpan.FromMinutes(6);

    /// <summary>
    /// The larger rate is the maximum that a laptop serves without delays, which would be billed. A visit costs less at
    /// this rate: commits are larger, and more requests share a billed second.
    /// </summary>
    private static readonly double[] VisitsPerMonth = [100_000, 1_000_000];

    public static async Task<Measurement> RunAsync(
        Readers readers, Prices prices, string app, Action<string> report, CancellationToken cancellationToken)
    {
        report("Parts:");
        var parts = MeasurePartsAsync(readers, prices, app, report, cancellationToken);
        var traffic = Task.WhenAll(VisitsPerMonth.Select(async visits =>
        {
            await using var play = await Play.StartAsync(readers, prices, app, cancellationToken);
            var measured = await play.VisitsAsync(visits, Arrivals, cancellationToken);
            report($"  {visits:N0} visits a month: {measured}, {play.Failures} requests failed");
            return measured;
        }));
        var (measurement, lone) = await parts;
        return measurement with { Traffic = [lone, .. await traffic] };
    }

    private static async Task<(Measurement Parts, VisitMeasurement Lone)> MeasurePartsAsync(
        Readers readers, Prices prices, string app, Action<string> report, CancellationToken cancellationToken)
    {
        await using var play = await Play.StartAsync(readers, prices, app, cancellationToken);
        var start = Report("start", await play.RestartAsync(cancellationToken));
        var (lone, operations) = await play.LoneVisitAsync(cancellationToken);
        Report("lone visit", lone);
        var robot = Report("robot's page", await play.RobotAsync(cancellationToken));
        var (idle, idleOperations) = await play.IdleAsync(Idle, cancellationToken);
        Report("idle", idle);
        var (housekeeping, housekeepingOperations) = await play.HousekeepAsync(cancellationToken);
        Report("housekeeping", housekeeping);
        var upload = Report("upload", await play.UploadAsync(cancellationToken));
        var date = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return (
            new(date, start, TimeSpan.FromHours(1) / Idle * idle, housekeeping, upload, robot, [], operations,
                idleOperations, housekeepingOperations),
            new(BillTable.Visits[0], 1, lone));

        Meters Report(string part, Meters meters)
        {
            report($"  {part}: {meters}");
            return meters;
        }
    }
}
