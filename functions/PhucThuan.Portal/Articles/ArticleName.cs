using System.Text;
using System.Text.RegularExpressions;
using PhucThuan.Portal.Articles.Documents;

namespace PhucThuan.Portal.Articles;

/// <summary>Metadata of an article derived from the name of its blob.</summary>
/// <param name="BlobName">With folders: <c>Tin tức/Bài viết mới.docx</c>.</param>
/// <param name="Slug">
/// Derived without the folder, so that the address stays the same when the file is moved: <c>bai-viet-moi</c>.
/// </param>
/// <param name="Title">Fallback for an article without a title: <c>Bài viết mới</c>.</param>
/// <param name="Category">
/// Fallback for an article without a category, from the folder: <c>Tin tức</c>; null outside of folders.
/// </param>
public sealed partial record ArticleName(string BlobName, string Slug, string Title, string? Category)
{
    /// <summary>
    /// Null when the name contains no letter or digit for a slug, or its extension is not an article's.
    /// </summary>
    public static ArticleName? Of(string blobName)
    {
        var path = VietnameseText.Normalize(blobName, NormalizationForm.FormC);
        if (OtherFiles.ReasonAgainst(path) is not null)
        {
            return null;
        }

        var folders = path.Split('/')[..^1];
        var name = DocumentKinds.WithoutExtension(path[(path.LastIndexOf('/') + 1)..]);
        var slug = Articles.Slug.IsValid(name) ? name : Articles.Slug.FromText(name);
        return slug is null
            ? null
            : new(
                blobName, slug, InWords(name), folders.Select(CategoryOf)
                    .FirstOrDefault(category => category is not null));
    }

    /// <summary>The article whose file is named <c>{slug}.html</c>.</summary>
    public static ArticleName Plain(string slug) => new(Articles.Slug.ToBlobName(slug), slug, InWords(slug), null);

    /// <summary>Null for folders that sort files by time (<c>2026</c>, <c>11-2026</c>, <c>Tháng 11</c>).</summary>
    private static string? CategoryOf(string folder)
    {
        var words = InWords(folder);
        return words.Length == 0 || Time().IsMatch(VietnameseText.Fold(words)) || Articles.Slug.FromText(words) is null
            ? null
            : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string InWords(string name)
    {
        var separated = name.Contains(' ', StringComparison.Ordinal) ? name : name.Replace('-', ' ');
        return PlainText.OneLine(separated.Replace('_', ' ')) ?? "";
    }

    [GeneratedRegex(@"^(?:nam|thang|quy|tuan|ngay|t|q)?[\d .-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
