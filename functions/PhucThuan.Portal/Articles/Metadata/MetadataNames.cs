using System.Collections.Frozen;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// The names of metadata in <c>&lt;meta&gt;</c>, front matter and the table at the top of a document. Vietnamese names
/// are accepted with or without marks, capitals, hyphens and a colon.
/// </summary>
internal static class MetadataNames
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string[]>
    {
        ["title"] = ["title", "tiêu đề", "tên bài", "đầu đề", "tựa đề"],
        ["date"] =
        [
            "date", "ngày", "ngày đăng", "ngày giờ đăng", "giờ đăng", "thời gian đăng", "thời điểm đăng",
            "publish date",
            "published at", "pubdate",
        ],
        ["author"] = ["author", "authors", "tác giả", "người viết", "bút danh"],
        ["description"] = ["description", "summary", "excerpt", "tóm tắt", "mô tả", "sapo", "giới thiệu"],
        ["category"] = ["category", "categories", "chuyên mục", "danh mục", "mục"],
        ["keywords"] = ["keywords", "keyword", "tags", "từ khóa", "thẻ"],
        ["image"] =
        [
            "image", "cover", "thumbnail", "featured image", "ảnh", "ảnh bìa", "ảnh đại diện", "hình", "hình ảnh",
        ],
        ["source"] = ["source", "nguồn", "nguồn bài", "nguồn tin"],
        ["language"] = ["language", "lang", "ngôn ngữ"],
        ["pinned"] = ["pinned", "sticky", "ghim", "ghim bài", "ghim đến"],
        ["urgent"] = ["urgent", "khẩn", "khẩn đến", "khẩn cấp", "tin khẩn"],
        ["expires"] = ["expires", "expiry date", "hết hạn", "ngày hết hạn", "kết thúc", "hiệu lực đến"],
        ["updated"] = ["updated", "lastmod", "cập nhật", "ngày cập nhật", "sửa ngày"],
        ["correction"] = ["correction", "đính chính", "nội dung sửa", "nội dung cập nhật"],
        ["redirect"] = ["redirect", "chuyển tới", "chuyển đến", "chuyển hướng", "thay bằng"],
        ["number"] = ["number", "số", "số hiệu", "số ký hiệu", "số văn bản"],
        ["issued"] = ["issued", "ngày ban hành", "ban hành ngày"],
        ["issuer"] = ["issuer", "cơ quan ban hành", "nơi ban hành"],
    }.SelectMany(pair => pair.Value.Select(alias => (Alias: KeyOf(alias), pair.Key)))
        .ToFrozenDictionary(name => name.Alias, name => name.Key);

    /// <summary>Canonical name, such as <c>description</c> for <c>Tóm tắt:</c>; null for an unknown name.</summary>
    public static string? Find(string? name) => Names.GetValueOrDefault(KeyOf(name ?? ""));

    /// <summary>Replaces the names of the document's <c>&lt;meta&gt;</c> elements by canonical ones.</summary>
    public static void Canonicalize(IDocument document)
    {
        foreach (var meta in document.QuerySelectorAll("meta[name]"))
        {
            if (Find(meta.GetAttribute("name")) is { } name)
            {
                meta.SetAttribute("name", name);
            }
        }
    }

    /// <summary>Value of the first element with this canonical name; null without one or when it is empty.</summary>
    public static string? ValueOf(IDocument document, string name) => PlainText.OneLine(
        document.QuerySelectorAll("meta[name]")
            .FirstOrDefault(meta => meta.GetAttribute("name") == name)?.GetAttribute("content"));

    private static string KeyOf(string name) => string.Concat(VietnameseText.Fold(name).Where(char.IsAsciiLetter));
}
