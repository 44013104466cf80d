using System.Globalization;

namespace PhucThuan.Portal.Visits;

/// <summary>
/// Names in table <c>visits</c>. A counter is spread over <see cref="Partitions"/> rows, one a partition, so that
/// instances write without meeting; its value is their sum.
/// </summary>
public static class VisitTable
{
    public const string Name = "visits";

    public const int Partitions = 16;

    /// <summary>Row that every commit replaces, with the last commit of each recent writer.</summary>
    public const string FenceRow = "commit";

    public const string SiteRow = "site";

    /// <summary><c>00</c> to <c>15</c>.</summary>
    public static string PartitionKey(int partition) => partition.ToString("00", CultureInfo.InvariantCulture);

    public static string ArticleRow(string slug) => "article:" + slug;

    public static string DayRow(DateOnly day) => "day:" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
