using System.Globalization;

namespace PhucThuan.Portal.Articles;

/// <summary>One page of a list of articles.</summary>
/// <param name="Path">Address of the first page.</param>
/// <param name="Number">From 1.</param>
/// <param name="Count">How many pages there are, at least 1.</param>
public sealed record ListPage(IReadOnlyList<ArticleSummary> Articles, string Path, int Number, int Count)
{
    /// <summary>Null beyond the last page. An empty list has one page.</summary>
    public static ListPage? Of(IReadOnlyList<ArticleSummary> list, string path, int number)
    {
        var count = Math.Max(1, (list.Count + ListPages.PageSize - 1) / ListPages.PageSize);
        return number >= 1 && number <= count
            ? new([.. list.Skip((number - 1) * ListPages.PageSize).Take(ListPages.PageSize)], path, number, count)
            : null;
    }

    public string PathOf(int number) => number == 1
        ? Path
        : string.Create(CultureInfo.InvariantCulture, $"{Path}?{ListPages.PageParameter}={number}");
}
