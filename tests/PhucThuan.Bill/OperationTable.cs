using System.Globalization;
using System.Text;

namespace PhucThuan.Bill;

/// <summary>What one visit, and each part that is not a visit, asks of storage.</summary>
internal static class OperationTable
{
    public static string Print(Measurement measured)
    {
        var text = new StringBuilder("| what | tables | blobs: writes, listings | blobs: reads |\n|---|---|---|---|\n");
        var parts = measured
            .Traffic.Select(traffic =>
                (
                    Name: string.Create(CultureInfo.InvariantCulture, $"a visit, {traffic.VisitsPerMonth:N0} a month"),
                    Meters: traffic.Visit))
            .Append(("a page for a robot", measured.RobotPage))
            .Append(("start of an instance", measured.Start))
            .Append(("`Housekeeping`, once an hour", measured.Housekeeping))
            .Append(("a saved article, until all lists have it", measured.Upload))
            .Append(("an hour of an awake instance without a request", measured.IdleHour));
        foreach (var (name, meters) in parts)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {meters.TableOperations:0.0} | {meters.BlobWrites:0.0} | {meters.BlobReads:0.0} |\n");
        }

        text.Append("\nA visit of two articles, alone on an awake instance, with all that its pages ask later:\n\n");
        text.Append(List(measured.LoneVisit));
        text.Append("\n`Housekeeping`, once an hour, which checks the portal at its own address:\n\n");
        text.Append(List(measured.HousekeepingRun));
        text.Append("\nFive minutes of an awake instance without a request:\n\n");
        return text.Append(List(measured.IdleMinutes)).ToString();
    }

    private static string List(IReadOnlyDictionary<string, int> operations) => operations.Count == 0
        ? "   nothing\n"
        : string.Concat(operations.Select(each =>
            string.Create(CultureInfo.InvariantCulture, $"{each.Value,4} × {each.Key}\n")));
}
