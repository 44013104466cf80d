using Azure.Data.Tables;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Checkpoints;

/// <summary>
/// Rows of two partitions: 100 visits of days that are no longer kept, 5 of 22 November 2026, 2 of the 23rd and 3 of
/// the 24th.
/// </summary>
internal static class ThreeDaysOfVisits
{
    public static async Task WriteAsync(TableClient visits)
    {
        await StoredVisits.WriteAsync(
            visits,
            0,
            ("site", 8, 12),
            ("day:2026-11-22", 3, 5),
            ("day:2026-11-23", 2, 3),
            ("day:2026-11-24", 3, 4),
            ("read:2026-11-22:bai-a", 3, 5),
            ("read:2026-11-23:bai-a", 2, 3),
            ("read:2026-11-24:bai-c", 3, 4));
        await StoredVisits.WriteAsync(
            visits,
            3,
            ("site", 102, 203),
            ("day:2026-11-22", 2, 3),
            ("read:2026-11-22:bai-a", 1, 1),
            ("read:2026-11-22:bai-b", 1, 2));
    }
}
