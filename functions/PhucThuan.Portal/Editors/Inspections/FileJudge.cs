using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Portal.Editors.Inspections;

/// <summary>
/// Determines the state and the problems of each file from the inspections of all files.
/// </summary>
internal sealed class FileJudge
{
    private const string ArticleFolder = "/bai-viet/";
    private const string MediaFolder = "/media/";

    /// <summary>Limit in bytes that the editors' guide recommends.</summary>
    private const long HeavyPicture = 5 * 1024 * 1024;

    private readonly FileInspections _inspections;
    private readonly DateTimeOffset _now;
    private readonly HashSet<string> _media;
    private readonly Dictionary<string, ListedFile> _articles;
    private readonly Dictionary<string, string> _redirects;
    private readonly CategorySpellings _categories;
    private readonly bool _isComplete;

    public FileJudge(
        FileInspections inspections, IReadOnlyList<ListedFile> articles, IReadOnlyList<ListedFile> media,
        DateTimeOffset now)
    {
        _inspections = inspections;
        _now = now;
        _media = media.Select(file => file.Name).ToHashSet();
        var inspected = articles.Select(file => (File: file, inspections.Find(file)?.Article)).ToList();
        _isComplete = articles.All(file => inspections.Find(file) is not null);

        // If two files have the same slug, the older one is published.
        var read = inspected.Where(article => article.Article is not null).OrderBy(article => article.File.Modified)
            .DistinctBy(article => article.Article!.Slug).ToList();
        _articles = read.ToDictionary(article => article.Article!.Slug, article => article.File);
        _redirects = Redirects.Resolve(
            read.ToDictionary(article => article.Article!.Slug, article => article.Article!));
        _categories = new(read.Select(article => article.Article!.Category).OfType<string>());
    }

    public DeskFile JudgeArticle(ListedFile file)
    {
        if (file.Name == CategoriesFile.BlobName)
        {
            return Of(file, FileState.Setting, []);
        }

        if (_inspections.Find(file) is not { } inspection)
        {
            return Of(file, FileState.Unchecked, []);
        }

        if (inspection.Article is not { } article)
        {
            return Refused(file, inspection.HiddenBecause);
        }

        if (_articles[article.Slug] is var first && first.Name != file.Name)
        {
            return Refused(file, $"trùng địa chỉ với tệp “{first.Name}” đã có trước; hãy đổi tên tệp này");
        }

        return Of(file, StateOf(article), [.. inspection.Problems, .. ProblemsWithOtherFiles(inspection, article)]) with
        {
            Title = article.Title,
            Address = article.Published <= _now ? article.Path : null,
            Published = article.Published,
        };
    }

    /// <param name="address">Address of the preview.</param>
    public DeskFile JudgeDraft(ListedFile file, string? address)
    {
        if (_inspections.Find(file) is not { } inspection)
        {
            return Of(file, FileState.Unchecked, []) with { Address = address };
        }

        return inspection.Article is { } article
            ? Of(
                file, FileState.Draft,
                [.. inspection.Problems,
                    .. ProblemsWithOtherFiles(inspection, article)]) with
            { Title = article.Title, Address = address }
            : Refused(file, inspection.HiddenBecause);
    }

    /// <param name="picture">Null for other files, and for a picture that has not been read.</param>
    public static DeskFile JudgeMedia(ListedFile file, PictureSize? picture)
    {
        if (!MediaFiles.IsServed(file.Name))
        {
            return Refused(
                file, "loại tệp này không được hiện; các loại tệp được phép: "
                    + string.Join(' ', MediaFiles.Extensions));
        }

        IReadOnlyList<DeskProblem> problems =
            picture is not null && PictureLimit.IsExceededBy(picture.Width, picture.Height)
                ? [new(Severity.Problem, $"ảnh {PictureLimit.Describe(picture.Width, picture.Height)}")]
            : file.Length > HeavyPicture && PictureWidths.AreOffered(file.Name)
                ? [new(
                    Severity.Advice,
                    $"ảnh nặng {VietnamTime.Format(file.Length / 1024 / 1024)} MB; nên thu nhỏ xuống dưới 5 MB")]
            : [];
        return Of(file, FileState.Served, problems) with
        {
            Address = MediaFolder + string.Join('/', file.Name.Split('/').Select(Uri.EscapeDataString)),
        };
    }

    private FileState StateOf(ArticleSummary article) =>
        article.Published > _now ? FileState.Scheduled
        : _redirects.ContainsKey(article.Slug) ? FileState.Redirected
        : article.Steering.HasEndedAt(_now) ? FileState.Ended
        : FileState.Published;

    /// <summary>Problems that depend on other files.</summary>
    private IEnumerable<DeskProblem> ProblemsWithOtherFiles(FileInspection inspection, ArticleSummary article)
    {
        // Only when all files have been read, because an unread file may be the target.
        if (article.Steering.Redirect is { } target && _isComplete && !_redirects.ContainsKey(article.Slug)
            && _articles.ContainsKey(article.Slug))
        {
            yield return new(
                Severity.Problem,
                _articles.ContainsKey(target)
                    ? $"bài chuyển tới “{target}” nhưng các bài dẫn vòng quanh, nên không chuyển"
                    : $"bài chuyển tới “{target}” nhưng không có bài ấy, nên không chuyển");
        }

        foreach (var problem in inspection.Links.Select(Missing).OfType<string>())
        {
            yield return new(Severity.Problem, problem);
        }

        if (_categories.UsualOf(article.Category) is { } usual)
        {
            yield return new(
                Severity.Advice, $"chuyên mục “{article.Category}” có lẽ là “{usual}”; hãy viết giống nhau");
        }
    }

    private string? Missing(string address)
    {
        if (address.StartsWith(ArticleFolder, StringComparison.Ordinal))
        {
            var slug = address[ArticleFolder.Length..];
            return _articles.ContainsKey(slug) || !_isComplete
                ? null
                : $"liên kết tới bài “{slug}”, mà không có bài ấy";
        }

        if (!address.StartsWith(MediaFolder, StringComparison.Ordinal))
        {
            return null;
        }

        var name = Uri.UnescapeDataString(address[MediaFolder.Length..]);
        if (MediaFiles.BlobNamesOf(name).Any(_media.Contains))
        {
            return null;
        }

        return _media.FirstOrDefault(
            other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)) is { } almost
            ? $"“{name}” không có trong kho media; tệp ở đó tên là “{almost}”, chữ hoa và chữ thường phải giống hệt"
            : $"“{name}” không có trong kho media";
    }

    private static DeskFile Refused(ListedFile file, string? reason) =>
        Of(file, FileState.Refused, [new(Severity.Problem, reason ?? "tệp vừa được xóa")]);

    private static DeskFile Of(ListedFile file, FileState state, IReadOnlyList<DeskProblem> problems) =>
        new(file.Container, file.Name, state, Title: null, Address: null, file.Modified, Published: null, file.Length,
            problems);
}
