namespace PhucThuan.Bill;

/// <summary>All measurements, side by side on storages of their own, because most of the time they wait.</summary>
internal static class MeasureRun
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Arrivals = TimeSpan.FromMinutes(6);

    /// <summary>
    /// A laptop serves no more without delays that would be billed. Ten times as many visits need less for each one:
    /// larger commits, more requests in one billed second.
    /// </summary>
    private static readonly double[] VisitsPerMonth = [100_000, 1_000_000];

    public static async Task<Measurement> RunAsync(
        Readers readers, Prices prices, string app, Action<string> tell, CancellationToken cancellationToken)
    {
        tell("Parts:");
        var parts = MeasurePartsAsync(readers, prices, app, tell, cancellationToken);
        var traffic = Task.WhenAll(VisitsPerMonth.Select(async visits =>
        {
            await using var play = await Play.StartAsync(readers, prices, app, cancellationToken);
            var measured = await play.VisitsAsync(visits, Arrivals, cancellationToken);
            tell($"  {visits:N0} visits a month: {measured}, {play.Failures} requests failed");
            return measured;
        }));
        var (measurement, lone) = await parts;
        return measurement with { Traffic = [lone, .. await traffic] };
    }

    private static async Task<(Measurement Parts, VisitMeasurement Lone)> MeasurePartsAsync(
        Readers readers, Prices prices, string app, Action<string> tell, CancellationToken cancellationToken)
    {
        await using var play = await Play.StartAsync(readers, prices, app, cancellationToken);
        var start = Tell("start", await play.RestartAsync(cancellationToken));
        var (lone, operations) = await play.LoneVisitAsync(cancellationToken);
        Tell("lone visit", lone);
        var robot = Tell("robot's page", await play.RobotAsync(cancellationToken));
        var (idle, idleOperations) = await play.IdleAsync(Idle, cancellationToken);
        Tell("idle", idle);
        var (housekeeping, housekeepingOperations) = await play.HousekeepAsync(cancellationToken);
        Tell("housekeeping", housekeeping);
        var upload = Tell("upload", await play.UploadAsync(cancellationToken));
        var date = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return (
            new(date, start, TimeSpan.FromHours(1) / Idle * idle, housekeeping, upload, robot, [], operations,
                idleOperations, housekeepingOperations),
            new(BillTable.Visits[0], 1, lone));

        Meters Tell(string part, Meters meters)
        {
            tell($"  {part}: {meters}");
            return meters;
        }
    }
}
