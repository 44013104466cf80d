namespace PhucThuan.Bill;

/// <summary>
/// What the program measured, stored in <c>measured.json</c> so that the bill can be computed offline.
/// </summary>
/// <param name="Date">Day of the measurement in UTC.</param>
/// <param name="Start">From the start of a worker to the answer to its first page.</param>
/// <param name="IdleHour">Of an awake instance without a request, scaled up from some minutes.</param>
/// <param name="Housekeeping">One run of the timer, with the check of the portal by itself.</param>
/// <param name="Upload">From the upload of an article until the home page shows it.</param>
/// <param name="RobotPage">A page that somebody without script requests from an awake instance.</param>
/// <param name="Traffic">A visit at each number of visits, smallest first.</param>
/// <param name="LoneVisit">Storage operations of one visit, alone on an awake instance: operation and how
/// often.</param>
/// <param name="IdleMinutes">The same, of five minutes of an awake instance without a request.</param>
/// <param name="HousekeepingRun">The same, of one run of the timer.</param>
internal sealed record Measurement(
    DateOnly Date,
    Meters Start,
    Meters IdleHour,
    Meters Housekeeping,
    Meters Upload,
    Meters RobotPage,
    IReadOnlyList<VisitMeasurement> Traffic,
    IReadOnlyDictionary<string, int> LoneVisit,
    IReadOnlyDictionary<string, int> IdleMinutes,
    IReadOnlyDictionary<string, int> HousekeepingRun)
{
    private const string File = "measured.json";

    public static Measurement Load() => JsonFile.Read<Measurement>(File);

    public void Save() => JsonFile.Write(File, this);
}

/// <param name="VisitsPerMonth">The readers came as often as in a month of that many visits.</param>
/// <param name="Visits">Visits that were played.</param>
/// <param name="Visit">One of them, with its share of robots.</param>
internal sealed record VisitMeasurement(double VisitsPerMonth, int Visits, Meters Visit);
