using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Media;

namespace PhucThuan.LocalHost;

/// <summary>
/// Remarks for the editor, in Vietnamese: parts of an article that are not shown, and files that are missing.
/// </summary>
internal sealed class FolderRemarks(ArticleParser parser)
{
    /// <summary>Limit in bytes that the editors' guide recommends.</summary>
    private const long HeavyPicture = 5 * 1024 * 1024;

    /// <param name="files">All files of the folder by <see cref="FolderFile.Name"/>.</param>
    public IEnumerable<string> Of(FolderFile file, byte[] content, IReadOnlyDictionary<string, FolderFile> files)
    {
        var name = ArticleName.Of(file.BlobName)!;
        if (file.Container == ArticleReader.ContainerName && SameSlug(file, name, files) is { } other)
        {
            return
            [
                $"trùng địa chỉ “{name.Slug}” với tệp “{other}”, chỉ một bài được hiện; hãy đổi tên một trong hai tệp",
            ];
        }

        if (ArticleReader.FindTooLong(file.BlobName, file.Length) is { } reason)
        {
            return ["không được hiện: " + reason];
        }

        try
        {
            var article = parser.Parse(name, content, default);
            return article.Remarks.Concat(References(article, files).Distinct());
        }
        catch (NotAnArticleException fault)
        {
            return ["không được hiện: " + fault.Message];
        }
    }

    private static IEnumerable<string> References(Article article, IReadOnlyDictionary<string, FolderFile> files)
    {
        using var body = new HtmlParser().ParseDocument(article.Body);
        var pictures = body.QuerySelectorAll("img")
            .Select(image => image.GetAttribute("src"))
            .Append(article.Summary.Image)
            .OfType<string>()
            .ToList();
        var links = body.QuerySelectorAll("a[href]")
            .Select(link => link.GetAttribute("href")!.Split('#', '?')[0])
            .ToList();
        return pictures
            .Select(picture => Picture(picture, files))
            .Concat(links.Select(link => Media(link, "tệp", files)))
            .Concat(links.Select(link => Link(link, files)))
            .OfType<string>();
    }

    private static string? SameSlug(FolderFile file, ArticleName name, IReadOnlyDictionary<string, FolderFile> files) =>
        ArticlesOf(files).FirstOrDefault(other => other.Slug == name.Slug && other.BlobName != file.BlobName)?.BlobName;

    private static IEnumerable<ArticleName> ArticlesOf(IReadOnlyDictionary<string, FolderFile> files) => files.Values
        .Where(file => file.Container == ArticleReader.ContainerName)
        .Select(file => ArticleName.Of(file.BlobName)).OfType<ArticleName>();

    private static string? Link(string address, IReadOnlyDictionary<string, FolderFile> files)
    {
        const string Articles = "/bai-viet/";
        return address.StartsWith(Articles, StringComparison.Ordinal)
            && address[Articles.Length..] is var slug && !ArticlesOf(files).Any(article => article.Slug == slug)
                ? $"liên kết tới bài “{slug}”, mà trong thư mục không có bài ấy"
                : null;
    }

    private static string? Picture(string address, IReadOnlyDictionary<string, FolderFile> files) =>
        Find(address, files) is { Length: > HeavyPicture } heavy
            ? $"ảnh “{heavy.Name}” nặng {VietnamTime.Format(heavy.Length / 1024 / 1024)} MB, độc giả phải chờ lâu;"
                + " hãy thu nhỏ xuống dưới 5 MB"
            : Media(address, "ảnh", files);

    private static string? Media(string address, string kind, IReadOnlyDictionary<string, FolderFile> files)
    {
        if (!address.StartsWith("/media/", StringComparison.Ordinal) || Find(address, files) is not null)
        {
            return null;
        }

        // File names on Windows ignore case; blob names do not.
        var name = Uri.UnescapeDataString(address[1..]);
        return
            files.Keys.FirstOrDefault(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase))
                is { } almost
            ? $"{kind} “{name}” sẽ không hiện: tệp trong thư mục tên là “{almost}”, chữ hoa và chữ thường phải giống"
                + " hệt"
            : $"{kind} “{name}” không có trong thư mục";
    }

    /// <summary>Finds the file with the portal's rules for names.</summary>
    private static FolderFile? Find(string address, IReadOnlyDictionary<string, FolderFile> files) =>
        MediaFiles.BlobNamesOf(Uri.UnescapeDataString(address.Split('#', '?')[0].TrimStart('/')))
            .Select(files.GetValueOrDefault).FirstOrDefault(file => file is not null);
}
