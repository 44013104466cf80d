using System.Collections.Concurrent;
using AngleSharp.Html.Parser;
using Azure.Storage.Blobs;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Editors.Inspections;

/// <summary>Result of reading a version of a file.</summary>
/// <param name="Article">Metadata; null for a hidden file.</param>
/// <param name="HiddenBecause">Reason for hiding the file, in Vietnamese; null for a file that is shown.</param>
/// <param name="Links">Addresses of linked pictures, files and articles, without fragments.</param>
internal sealed record FileInspection(
    ArticleSummary? Article, string? HiddenBecause, IReadOnlyList<DeskProblem> Problems, IReadOnlyList<string> Links);

/// <summary>
/// Reads each version of the files of articles and drafts once, in the background, because thousands of files take
/// minutes. The desk shows the available results.
/// </summary>
internal sealed class FileInspections(ArticleReader reader)
{
    private const int ConcurrentReads = 8;

    /// <summary>Maximum number of files in memory, about 2 KB each.</summary>
    private const int MaxFiles = 20_000;

    private readonly ConcurrentDictionary<(string Container, string Name),
    (string Version, FileInspection Inspection)> _known = new();
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Null for a file that has not been read.</summary>
    public FileInspection? Find(ListedFile file) =>
        _known.TryGetValue((file.Container, file.Name), out var known) && known.Version == file.Version
            ? known.Inspection
            : null;

    /// <summary>Reads new and changed files. Concurrent calls wait for the same run.</summary>
    public Task RunAsync(IReadOnlyList<(BlobContainerClient Container, ListedFile File)> files)
    {
        lock (_lock)
        {
            if (_running.IsCompleted)
            {
                _running = InspectAsync(files);
            }

            return _running;
        }
    }

    private async Task InspectAsync(IReadOnlyList<(BlobContainerClient Container, ListedFile File)> files)
    {
        var names = files.Select(file => (file.File.Container, file.File.Name)).ToHashSet();
        foreach (var gone in _known.Keys.Where(name => !names.Contains(name)).ToList())
        {
            _known.TryRemove(gone, out _);
        }

        await Parallel.ForEachAsync(
            files.OrderByDescending(file => file.File.Modified).Take(MaxFiles).Where(file => Find(file.File) is null),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads },
            async (file, token) =>
            {
                var read = await reader.ReadFileAsync(file.Container, file.File.Name, token);
                _known[(file.File.Container, file.File.Name)] = (file.File.Version, Inspect(read));
            });
    }

    private static FileInspection Inspect(ArticleRead read)
    {
        if (read.Version is not { Article: var article })
        {
            return new(null, read.HiddenBecause, [], []);
        }

        using var body = new HtmlParser().ParseDocument(article.Body);
        var pictures = body.QuerySelectorAll("img").ToList();
        var links = pictures.Select(picture => picture.GetAttribute("src"))
            .Concat(body.QuerySelectorAll("a[href^='/']").Select(link => link.GetAttribute("href")))
            .Append(article.Summary.Image is { } image && MediaAddress.FromReference(image) is not null ? image : null)
            .OfType<string>()
            .Where(address => address.StartsWith('/'))
            .Select(address => address.Split('#', '?')[0])
            .Distinct();
        var silent = pictures.Count(picture => string.IsNullOrWhiteSpace(picture.GetAttribute("alt")));
        return new(article.Summary, null, [.. Problems(article, silent)], [.. links]);
    }

    /// <param name="silent">Number of pictures without alternative text.</param>
    private static IEnumerable<DeskProblem> Problems(Article article, int silent)
    {
        foreach (var remark in article.Remarks)
        {
            yield return new(article.Notes.Contains(remark) ? Severity.Advice : Severity.Problem, remark);
        }

        var summary = article.Summary;
        if (!article.HasOwnTitle && summary.Steering.Redirect is null)
        {
            yield return new(
                Severity.Problem, "bài không có tiêu đề nên trang lấy tên tệp; hãy ghi mục “tiêu đề” (title)");
        }

        if (summary.Steering.Redirect is not null)
        {
            yield break; // a redirecting article is not shown
        }

        if (summary.Published == summary.Modified)
        {
            yield return new(
                Severity.Advice,
                "bài không ghi ngày nên trang lấy lúc tải tệp lên, và ngày ấy đổi sau mỗi lần tải; hãy ghi mục “ngày” "
                    + "(date)");
        }

        if (!article.HasOwnSummary)
        {
            yield return new(
                Severity.Advice,
                "bài không có tóm tắt nên danh sách hiện đoạn đầu của bài; hãy ghi mục “tóm tắt” (description)");
        }

        if (silent > 0)
        {
            yield return new(
                Severity.Advice,
                $"{silent} ảnh không có lời tả cho người không nhìn thấy; hãy điền chữ thay thế (alt)");
        }
    }
}
