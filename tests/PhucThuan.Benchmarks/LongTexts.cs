using System.Diagnostics;
using PhucThuan.Portal.Search;
using PhucThuan.Portal.Search.Pages;

namespace PhucThuan.Benchmarks;

/// <summary>Compares the cost of search results in texts as long as books and in ordinary articles.</summary>
internal static class LongTexts
{
    private const int Articles = 20;

    private const int Repeats = 20;

    // A frequent word, a phrase that occurs once, and a prefix that is not a word.
    private static readonly string[] Queries =
        ["thủ tục hành chính", "thu tuc hanh chinh", "xa dan", "hiem co quy", "khai giản"];

    public static void Run()
    {
        Console.WriteLine(
            $"{Articles} results of 60,000 words each, medians of {Repeats} (compared with 600 words each):");
        foreach (var (longOne, shortOne) in Measure(words: 60_000).Zip(Measure(words: 600)))
        {
            Console.WriteLine(
                $"  {longOne.Query}: searched in {longOne.Search:0.0} ms (× {longOne.Search / shortOne.Search:0.0}),"
                + $" excerpts in {longOne.Excerpts:0.0} ms (× {longOne.Excerpts / shortOne.Excerpts:0.0})");
        }
    }

    private static List<(string Query, double Search, double Excerpts)> Measure(int words)
    {
        var folder = Directory.CreateTempSubdirectory("phucthuan-bench-");
        using var index = SearchIndex.Open(Path.Combine(folder.FullName, "search.db"));
        index.Change([], Enumerable.Range(0, Articles).Select(number => ArticleOf(number, words)));
        var times = Queries.Select(query => Measure(index, SearchQuery.Parse(query))).ToList();
        index.Dispose();
        folder.Delete(recursive: true);
        return times;
    }

    private static (string Query, double Search, double Excerpts) Measure(SearchIndex index, SearchQuery query)
    {
        var searches = new List<double>();
        var excerpts = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var hits = index.Search(query, DateTimeOffset.MaxValue, 0, Articles, CancellationToken.None);
            searches.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            foreach (var hit in hits.Page)
            {
                SearchExcerpt.Of(hit.Text, query);
            }

            excerpts.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (query.Text, searches.Order().ElementAt(Repeats / 2), excerpts.Order().ElementAt(Repeats / 2));
    }

    private static IndexedArticle ArticleOf(int number, int words)
    {
        var text = ManyArticles.Text(new Random(number), words);
        var middle = text.IndexOf(' ', text.Length / 2);
        text = string.Concat(text.AsSpan(0, middle), " hiếm có thủ tục hành chính quý khai giảng", text.AsSpan(middle));
        return new($"bai-{number}", "1", DateTimeOffset.UnixEpoch, $"Bài {number}", text, Labels: "");
    }
}
