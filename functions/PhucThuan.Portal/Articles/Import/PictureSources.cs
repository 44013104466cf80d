using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Import.Privacy;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Finds where the pictures of a file are: pages load them late, programs give them other types and descriptions of their own.
/// Reports those that no reader can see.
/// </summary>
internal static partial class PictureSources
{
    private static readonly string[] LateNames =
        ["data-src", "data-original", "data-lazy-src", "data-lazy", "data-orig-file", "data-full-url", "data-image", "data-url", "data-srcset", "srcset"];

    /// <summary>Remarks in Vietnamese, one for each picture that is not shown.</summary>
    public static List<string> Apply(IElement content)
    {
        var remarks = new List<string>();
        foreach (var picture in content.QuerySelectorAll("img").ToList())
        {
            SetSource(picture);
            CleanDescription(picture);
            if (IsPixel(picture))
            {
                picture.Remove();
            }
            else if (RemarkOf(picture) is { } remark)
            {
                remarks.Add(remark);
            }
        }

        return remarks;
    }

    private static void SetSource(IElement picture)
    {
        var source = picture.GetAttribute("src")?.Trim() ?? "";
        if (source.Length == 0 || Placeholder().IsMatch(source))
        {
            var late = LateNames.Select(picture.GetAttribute).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))
                ?? picture.Closest("picture")?.QuerySelector("source[srcset]")?.GetAttribute("srcset");
            if (late is not null)
            {
                source = late.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && !late.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                    ? late.Contains(' ', StringComparison.Ordinal) && !SourceSet().IsMatch(late) ? late.Trim() : first
                    : late;
            }
        }

        // Types that browsers read as the usual ones.
        source = OtherJpeg().Replace(source, "data:image/jpeg;base64,");
        source = OtherPng().Replace(source, "data:image/png;base64,");
        picture.SetAttribute("src", source);
    }

    private static void CleanDescription(IElement picture)
    {
        foreach (var name in new[] { "alt", "title" })
        {
            if (picture.GetAttribute(name) is { } words)
            {
                var clean = MadeByProgram().Replace(words, "").Trim();
                picture.SetAttribute(name, IsFileName().IsMatch(clean) || PrivatePaths.IsPath(clean) ? "" : clean);
            }
        }
    }

    private static bool IsPixel(IElement picture) =>
        picture.GetAttribute("width") is "0" or "1" && picture.GetAttribute("height") is "0" or "1";

    private static string? RemarkOf(IElement picture)
    {
        var source = picture.GetAttribute("src")!;
        var name = PrivatePaths.FileName(source);
        if (IsShown(source) && picture.HasAttribute(SourceRepair.PictureOfWord))
        {
            return $"ảnh “{name}” được ghi riêng cho Word; hãy xem ảnh đã có trong kho media chưa, và ghi lời tả (alt)";
        }

        if (IsShown(source) || IsEmoji(picture))
        {
            return null;
        }

        return source.Length == 0 ? "một ảnh không có địa chỉ (src) nên không hiện"
            : source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? "một ảnh nhúng thuộc loại không hiện được; hãy dùng jpg, png, gif, webp hoặc avif"
            : PrivatePaths.IsPath(source) ? $"ảnh “{name}” nằm trên máy của người soạn nên không hiện; hãy tải ảnh lên kho media rồi viết media/{name}"
            : source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) || source.StartsWith("blob:", StringComparison.OrdinalIgnoreCase)
                ? $"ảnh “{name}” chỉ có trong thư hoặc trình duyệt của người soạn nên không hiện; hãy tải ảnh lên kho media"
            : source.Contains("//", StringComparison.Ordinal) ? $"ảnh “{name}” nằm ở trang khác ({HostOf(source)}) nên không hiện; hãy tải ảnh lên kho media"
            : $"ảnh “{name}” thuộc loại không hiện được trên web (emz, wmf, tif, bmp, svg…); hãy lưu lại thành jpg hoặc png";
    }

    private static bool IsShown(string source) => MediaAddress.FromFile(source) is not null || Embedded().IsMatch(source);

    /// <summary>A sign of a message, which its description replaces.</summary>
    private static bool IsEmoji(IElement picture) =>
        picture.GetAttribute("alt") is { Length: > 0 and < 16 } words && !words.Any(letter => char.IsAsciiLetterOrDigit(letter));

    private static string HostOf(string source) =>
        Uri.TryCreate(source.StartsWith("//", StringComparison.Ordinal) ? "https:" + source : source, UriKind.Absolute, out var uri) ? uri.Host : "khác";

    [GeneratedRegex(@"^data:image/(?:gif;base64,.{0,120}$|svg)|(?:^|/)(?:blank|spacer|placeholder|loading|lazy|pixel|transparent|1x1)[\w-]*\.(?:gif|png|svg|jpg)$|^about:blank$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\s\d+(?:\.\d+)?[wx](?:,|$)", RegexOptions.CultureInvariant)]
    private static partial Regex SourceSet();

    [GeneratedRegex("^data:image/(?:jpg|pjpeg|jfif);base64,", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherJpeg();

    [GeneratedRegex("^data:image/(?:x-png|apng);base64,", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherPng();

    [GeneratedRegex("^data:image/(?:png|jpeg|gif|webp|avif);base64,", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Embedded();

    // Word 2010 puts “Description:” before words, later versions what they saw on the picture.
    [GeneratedRegex(
        @"^(?:Description|Mô tả)\s*:\s*|\s*\b(?:Description automatically generated|Mô tả được tạo tự động|Mô tả đã tự động tạo)(?: with (?:low|medium|high|very high) confidence)?\.?"
        + @"|\s*\bAI-generated content may be incorrect\.?|\s*Nội dung do AI tạo ra có thể không chính xác\.?|^.*(?=\bDescription automatically generated)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex MadeByProgram();

    [GeneratedRegex(@"^(?:[\w().-]{1,80}\.(?:jpe?g|png|gif|bmp|tiff?|webp|emz|wmf|heic)|(?:Picture|Image|Hình ảnh|Ảnh|Hình|Graphic) ?\d+|clip_image\d+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsFileName();
}
