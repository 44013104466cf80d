using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Requested days, both ends inclusive.</summary>
public readonly record struct DayRange(DateOnly First, DateOnly Last)
{
    /// <summary>
    /// Reads <c>from</c> and <c>to</c> (<c>2026-11-24</c>). Default: the last <paramref name="defaultDays"/> days.
    /// Returns an error message in Vietnamese, or null.
    /// </summary>
    public static string? TryRead(
        IQueryCollection query,
        DateOnly today,
        int defaultDays,
        int maxDays,
        out DayRange range)
    {
        range = default;
        if (!TryRead(query["to"].ToString(), today, out var last))
        {
            return $"Tham số to là '{query["to"]}'; cần ngày dạng 2026-11-24.";
        }

        if (!TryRead(query["from"].ToString(), last.AddDays(1 - Math.Min(defaultDays, last.DayNumber)), out var first))
        {
            return $"Tham số from là '{query["from"]}'; cần ngày dạng 2026-11-24.";
        }

        if (first > last || last.DayNumber - first.DayNumber >= maxDays)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Khoảng ngày là {VietnamTime.FormatIso(first)} đến {VietnamTime.FormatIso(last)}; from không được"
                    + $" sau to, và nhiều nhất là {maxDays} ngày.");
        }

        range = new DayRange(first, last);
        return null;
    }

    // Row keys have four-digit years; the last year leaves room for the next day.
    private static bool TryRead(string text, DateOnly otherwise, out DateOnly day)
    {
        day = otherwise;
        return text.Length == 0
            || (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                && day.Year is >= 2000 and < 9999);
    }
}
