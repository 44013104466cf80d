using System.Globalization;
using System.Text;

namespace PhucThuan.Bill;

/// <summary>Storage operations of a visit and of the other parts of the measurement.</summary>
internal static class OperationTable
{
    public static string Print(Measurement measured)
    {
        var text = new StringBuilder(
            "| activity | tables | blobs: writes, listings | blobs: reads |\n|---|---|---|---|\n");
        var parts = measured
            .Traffic.Select(traffic =>
                (
                    Name: string.Create(CultureInfo.InvariantCulture, $"a visit, {traffic.VisitsPerMonth:N0} a month"),
                    Meters: traffic.Visit))
            .Append(("a page for a robot", measured.RobotPage))
            .Append(("start of an instance", measured.Start))
            .Append(("`Housekeeping`, once an hour", measured.Housekeeping))
            .Append(("an uploaded article, until all lists show it", measured.Upload))
            .Append(("an hour of a running instance without requests", measured.IdleHour));
        foreach (var (name, meters) in parts)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {meters.TableOperations:0.0} | {meters.BlobWrites:0.0} | {meters.BlobReads:0.0} |\n");
        }

        text.Append("\nA visit to two articles on a running instance without other requests, ");
        text.Append("including the later requests of its\npages:\n\n");
        text.Append(List(measured.LoneVisit));
        text.Append("\nA run of `Housekeeping`, including the check of the portal at its own address:\n\n");
        text.Append(List(measured.HousekeepingRun));
        text.Append("\nFive minutes of a running instance without requests:\n\n");
        return text.Append(List(measured.IdleMinutes)).ToString();
    }

    private static string List(IReadOnlyDictionary<string, int> operations) => operations.Count == 0
        ? "   nothing\n"
        : string.Concat(operations.Select(each =>
            string.Create(CultureInfo.InvariantCulture, $"{each.Value,4} × {each.Key}\n")));
}
