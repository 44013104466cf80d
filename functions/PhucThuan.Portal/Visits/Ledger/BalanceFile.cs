using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using PhucThuan.Portal.Articles;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>
/// Views of the old portal by article, from a CSV file (RFC 4180; comma, semicolon or tab; UTF-8, or UTF-16 with a byte
/// order mark) with the columns <c>article</c> and <c>views</c>, in any order; other columns are ignored.
/// </summary>
/// <param name="Lines">In the order of the file.</param>
/// <param name="Faults">Error messages with line numbers, in Vietnamese; empty for a valid file.</param>
internal sealed partial record BalanceFile(IReadOnlyList<BalanceLine> Lines, IReadOnlyList<string> Faults)
{
    public const int MaxLines = 20_000;

    private const string ArticleColumn = "article";
    private const string ViewsColumn = "views";

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = [",", ";", "\t"],
        PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
        TrimOptions = TrimOptions.Trim,
        MissingFieldFound = null, // a missing field is null
        BadDataFound = null, // quotes in the middle of a title
    };

    /// <param name="maxViews">Maximum number of views of an article.</param>
    public static BalanceFile Read(TextReader text, long maxViews)
    {
        using var csv = new CsvReader(text, Format);
        if (!csv.Read() || !csv.ReadHeader()
            || csv.GetFieldIndex(ArticleColumn, isTryGet: true) < 0
            || csv.GetFieldIndex(ViewsColumn, isTryGet: true) < 0)
        {
            return new BalanceFile([], [$"Dòng 1: cần tên cột {ArticleColumn} và {ViewsColumn}, ví dụ article,views."]);
        }

        var (lines, faults) = (new List<BalanceLine>(), new List<string>());
        var seen = new Dictionary<string, int>();
        while (csv.Read() && lines.Count < MaxLines)
        {
            var number = csv.Parser.RawRow;
            var (article, views) = (csv.GetField(ArticleColumn) ?? "", csv.GetField(ViewsColumn) ?? "");
            if (ToSlug(article) is not { } slug)
            {
                faults.Add($"Dòng {number}: article là '{article}'; cần địa chỉ bài viết, ví dụ lich-tiem-chung hoặc"
                    + " /bai-viet/lich-tiem-chung.");
            }
            else if (
                !long.TryParse(views, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count > maxViews)
            {
                faults.Add($"Dòng {number}: views là '{views}'; cần số nguyên từ 0 đến {maxViews}, chỉ gồm chữ số.");
            }
            else if (!seen.TryAdd(slug, number))
            {
                faults.Add($"Dòng {number}: bài '{slug}' đã có ở dòng {seen[slug]}.");
            }
            else
            {
                lines.Add(new BalanceLine(number, slug, count));
            }
        }

        if (lines.Count == MaxLines)
        {
            faults.Add($"Tệp có từ {MaxLines} dòng trở lên; xin chia thành nhiều tệp.");
        }
        else if (lines.Count == 0 && faults.Count == 0)
        {
            faults.Add("Dòng 2: tệp không có bài nào.");
        }

        return new BalanceFile(lines, faults);
    }

    /// <summary>A slug, or an address that ends with it: <c>https://…/bai-viet/lich-tiem-chung.html</c>.</summary>
    private static string? ToSlug(string article)
    {
        var slug = Address().Match(article) is { Success: true } address ? address.Groups[1].Value : article;
        return Slug.IsValid(slug) ? slug : null;
    }

    [GeneratedRegex(@"\A(?:.*/)?([^/?#]+?)(?:\.html?)?/?(?:[?#].*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}

/// <param name="Number">Line of the file, from 1.</param>
/// <param name="Views">0 for an article without views, which gets no entry.</param>
internal sealed record BalanceLine(int Number, string Article, long Views);
