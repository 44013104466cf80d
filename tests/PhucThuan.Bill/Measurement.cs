namespace PhucThuan.Bill;

/// <summary>
/// Results of the measurement, stored in <c>measured.json</c> so that the bill can be computed without a new one.
/// </summary>
/// <param name="Date">Day of the measurement in UTC.</param>
/// <param name="Start">From the start of a worker to the response with its first page.</param>
/// <param name="IdleHour">An hour of a running instance without requests, extrapolated from some minutes.</param>
/// <param name="Housekeeping">One run of the timer, including the self-check of the portal.</param>
/// <param name="Upload">From the upload of an article until the home page shows it.</param>
/// <param name="RobotPage">A page that a client without script requests from a running instance.</param>
/// <param name="Traffic">Average visit at each number of visits per month, in ascending order.</param>
/// <param name="LoneVisit">
/// Storage operations of one visit to a running instance without other requests: name and number.
/// </param>
/// <param name="IdleMinutes">Storage operations of a running instance in five minutes without requests.</param>
/// <param name="HousekeepingRun">Storage operations of one run of the timer.</param>
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

/// <param name="VisitsPerMonth">Rate of arrivals, as visits per month.</param>
/// <param name="Visits">Number of simulated visits.</param>
/// <param name="Visit">Average of one visit, including its share of robots.</param>
internal sealed record VisitMeasurement(double VisitsPerMonth, int Visits, Meters Visit);
