using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Site.Layout;

/// <summary>
/// One page of a list. Each page has its own address, for crawlers and for readers without JavaScript.
/// </summary>
/// <param name="Path">Address of the first page.</param>
/// <param name="Number">Page number, starting from 1.</param>
/// <param name="Count">Number of pages, at least 1.</param>
public sealed record Paging(string Path, int Number, int Count)
{
    /// <summary>Number of items per page.</summary>
    public const int Size = 20;

    public const string Parameter = "trang";

    /// <summary>Null after the last page. An empty list has one page.</summary>
    public static Paging? Of(string path, int number, int items)
    {
        var count = Math.Max(1, (items + Size - 1) / Size);
        return number >= 1 && number <= count ? new(path, number, count) : null;
    }

    /// <summary>
    /// Page number of the request, default 1. Null when it is invalid or not canonical (02), so that each page has one
    /// address.
    /// </summary>
    public static int? ReadNumber(HttpRequest request)
    {
        var text = request.Query[Parameter].ToString();
        return int.TryParse(
            text.Length == 0 ? "1" : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= int.MaxValue / Size
            && (text.Length == 0 || text[0] != '0')
            ? number
            : null;
    }

    /// <summary>
    /// Page numbers to link: the first, the last and those around this one; null for a gap.
    /// </summary>
    public IEnumerable<int?> Named()
    {
        var last = 0;
        int[] numbers = [1, Number - 1, Number, Number + 1, Count];
        foreach (var number in numbers.Where(number => number >= 1 && number <= Count).Distinct())
        {
            if (number > last + 1)
            {
                // A gap of one page is replaced by its number.
                yield return number == last + 2 ? last + 1 : null;
            }

            yield return last = number;
        }
    }

    public IEnumerable<T> Select<T>(IEnumerable<T> items) => items.Skip((Number - 1) * Size).Take(Size);

    public string PathOf(int number) => number == 1
        ? Path
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Path}{(Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Parameter}={number}");
}
