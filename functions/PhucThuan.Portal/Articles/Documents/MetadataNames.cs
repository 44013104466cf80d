using System.Collections.Frozen;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>What editors call the metadata of an article, in Vietnamese, in English, and as other publishing programs do.</summary>
public static class MetadataNames
{
    private static readonly FrozenDictionary<string, string> ByKey = new (string Name, string Keys)[]
    {
        ("title", "title, tieu de, ten bai, tua de"),
        ("date", "date, ngay dang, ngay, ngay gio dang, gio dang, thoi gian dang, thoi diem dang, publishdate, publish date, published at, pubdate"),
        ("author", "author, authors, tac gia, nguoi viet, but danh"),
        ("description", "description, tom tat, mo ta, summary, excerpt, sapo, gioi thieu"),
        ("category", "category, categories, chuyen muc, danh muc, muc"),
        ("keywords", "keywords, keyword, tags, tu khoa, the"),
        ("image", "image, anh, anh bia, anh dai dien, hinh, hinh anh, cover, thumbnail, featured image"),
        ("source", "source, nguon, nguon bai, nguon tin"),
        ("pinned", "pinned, ghim, sticky"),
        ("urgent", "urgent, khan, tin khan"),
        ("expires", "expires, het han, ngay het han, expirydate, expiry date"),
        ("updated", "updated, cap nhat, ngay cap nhat, lastmod"),
        ("correction", "correction, dinh chinh"),
        ("redirect", "redirect, chuyen huong, chuyen den"),
        ("number", "number, so, so hieu, so ky hieu, so van ban"),
        ("issued", "issued, ngay ban hanh"),
        ("issuer", "issuer, co quan ban hanh, noi ban hanh"),
    }.SelectMany(name => name.Keys.Split(", ").Select(key => KeyValuePair.Create(key, name.Name))).ToFrozenDictionary();

    /// <summary>The name of the metadata (<c>date</c> for <c>Ngày đăng:</c>), with any case and marks; null for a key that is none.</summary>
    public static string? Find(string key)
    {
        var words = VietnameseText.Words().Matches(VietnameseText.Fold(key)).Select(word => word.Value.Trim('_'));
        return ByKey.GetValueOrDefault(string.Join(' ', words).Replace('_', ' '));
    }
}
