using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Import.Privacy;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Restores the addresses of lazily loaded pictures, corrects unusual types of embedded ones, and removes generated
/// alternative texts. Reports pictures that cannot be shown.
/// </summary>
internal static partial class PictureSources
{
    private static readonly string[] LateNames =
        ["data-src", "data-original", "data-lazy-src", "data-lazy", "data-orig-file", "data-full-url", "data-image",
            "data-url", "data-srcset", "srcset"];

    // File types by their first bytes in Base64.
    private static readonly (
        string Start, string Name)[] FileTypes = [("iVBORw0KGgo", "png"), ("/9j/", "jpeg"), ("R0lGOD", "gif"),
        ("UklGR", "webp")];

    /// <summary>Returns a remark in Vietnamese for each picture that is not shown.</summary>
    public static List<string> Apply(IElement content)
    {
        var remarks = new List<string>();
        ShowPicturesOfVml(content);
        foreach (var picture in content.QuerySelectorAll("img").ToList())
        {
            SetSource(picture);
            CleanDescription(picture);
            if (IsPixel(picture))
            {
                picture.Remove();
            }
            else if (Embedded().IsMatch(picture.GetAttribute("src")!)
                && PictureLimit.FindTooLarge(picture.GetAttribute("src")!) is var (width, height))
            {
                // Without an address, the alternative text is shown.
                picture.RemoveAttribute("src");
                remarks.Add($"một ảnh nhúng {PictureLimit.Describe(width, height)}");
            }
            else if (RemarkOf(picture) is { } remark)
            {
                remarks.Add(remark);
            }
        }

        return remarks;
    }

    /// <summary>
    /// Replaces VML pictures by <c>img</c> where it is missing. Word writes both, but some programs omit <c>img</c>.
    /// </summary>
    private static void ShowPicturesOfVml(IElement content)
    {
        var shown = content.QuerySelectorAll("img").Select(picture => picture.GetAttribute("src")).ToHashSet();
        foreach (var drawing in content.QuerySelectorAll("v\\:imagedata[src]").ToList())
        {
            var source = drawing.GetAttribute("src");
            if (shown.Add(source))
            {
                var picture = drawing.Owner!.CreateElement("img");
                picture.SetAttribute("src", source);
                picture.SetAttribute("alt", drawing.GetAttribute("o:title") ?? "");
                picture.SetAttribute(SourceRepair.PictureOfWord, "");
                drawing.Before(picture);
            }
        }
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
                source = late.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) is [var first, ..]
                    && !late.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                    ? late.Contains(' ', StringComparison.Ordinal) && !SourceSet().IsMatch(late) ? late.Trim() : first
                    : late;
            }
        }

        // Other names of common types.
        source = OtherJpeg().Replace(source, "data:image/jpeg;base64,");
        source = OtherPng().Replace(source, "data:image/png;base64,");
        source = NamedByNoType().Match(source) is { Success: true } data ? WithType(source[data.Length..])
            ?? source : source;
        picture.SetAttribute("src", source);
    }

    /// <summary>Adds the type, which is detected by the first bytes; null for an unsupported type.</summary>
    private static string? WithType(string data) =>
        FileTypes.FirstOrDefault(type => data.StartsWith(type.Start, StringComparison.Ordinal)) is { Name: { } name }
        ? $"data:image/{name};base64,{data}"
        : null;

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
            : source.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? "một ảnh nhúng thuộc loại không hiện được; hãy dùng jpg, png, gif, webp hoặc avif"
            : PrivatePaths.IsPath(source)
            ? $"ảnh “{name}” nằm trên máy của người soạn nên không hiện; hãy tải ảnh lên kho media rồi viết "
                + $"media/{name}"
            : source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
            || source.StartsWith("blob:", StringComparison.OrdinalIgnoreCase)
                ? $"ảnh “{name}” chỉ có trong thư hoặc trình duyệt của người soạn nên không hiện; hãy tải ảnh lên kho "
                    + $"media"
            : source.Contains("//", StringComparison.Ordinal)
            ? $"ảnh “{name}” nằm ở trang khác ({HostOf(source)}) nên không hiện; hãy tải ảnh lên kho media"
            : $"ảnh “{name}” thuộc loại không hiện được trên web (emz, wmf, tif, bmp, svg…); hãy lưu lại thành jpg "
                + $"hoặc png";
    }

    private static bool IsShown(string source) =>
        MediaAddress.FromFile(source) is not null || Embedded().IsMatch(source);

    /// <summary>True for a picture of an emoji, which its alternative text replaces.</summary>
    private static bool IsEmoji(IElement picture) =>
        picture.GetAttribute("alt") is { Length: > 0 and < 16 } words
            && !words.Any(letter => char.IsAsciiLetterOrDigit(letter));

    private static string HostOf(string source) =>
        Uri.TryCreate(
            source.StartsWith("//", StringComparison.Ordinal)
                ? "https:" + source
                : source, UriKind.Absolute, out var uri) ? uri.Host : "khác";

    [GeneratedRegex(
        @"^data:image/(?:gif;base64,.{0,120}$|svg)|(?:^|/)(?:blank|spacer|placeholder|loading|lazy|pixel|transparent|"
            + @"1x1)[\w-]*\.(?:gif|png|svg|jpg)$|^about:blank$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\s\d+(?:\.\d+)?[wx](?:,|$)", RegexOptions.CultureInvariant)]
    private static partial Regex SourceSet();

    [GeneratedRegex("^data:image/(?:jpg|pjpeg|jfif);base64,", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherJpeg();

    [GeneratedRegex("^data:image/(?:x-png|apng);base64,", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherPng();

    // LibreOffice writes image/* in XHTML.
    [GeneratedRegex(
        @"^data:(?:image/\*|application/octet-stream|)?;base64,",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedByNoType();

    [GeneratedRegex(
        "^data:image/(?:png|jpeg|gif|webp|avif);base64,",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Embedded();

    // Word 2010 prepends “Description:”; later versions add generated descriptions.
    [GeneratedRegex(
        @"^(?:Description|Mô tả)\s*:\s*|\s*\b(?:Description automatically generated|Mô tả được tạo tự động|Mô tả đã "
            + @"tự động tạo)(?: with (?:low|medium|high|very high) confidence)?\.?"
        + @"|\s*\bAI-generated content may be incorrect\.?|\s*Nội dung do AI tạo ra có thể không chính xác\.?|^."
        + @"*(?=\bDescription automatically generated)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex MadeByProgram();

    [GeneratedRegex(
        @"^(?:[\w().-]{1,80}\.(?:jpe?g|png|gif|bmp|tiff?|webp|emz|wmf|heic)|(?:Picture|Image|Hình ảnh|Ảnh|Hình|"
            + @"Graphic) ?\d+|clip_image\d+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsFileName();
}
