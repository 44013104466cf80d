using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>Says to the editor, in Vietnamese, what of a file readers do not get as it was meant.</summary>
internal static partial class ArticleRemarks
{
    /// <summary>So many syllables of TCVN3 are no accident; a page of it has hundreds.</summary>
    private const int MinOldSyllables = 5;

    public static IEnumerable<string> Of(
        IElement content, bool isExceeded, bool isEmpty, IReadOnlyList<string> unreadDates, IReadOnlyList<string> deadLinks)
    {
        if (isExceeded)
        {
            yield return $"tệp có hơn {VietnamTime.Format(MarkupLimit.MaxTags)} thẻ hoặc các thẻ lồng nhau quá {MarkupLimit.MaxDepth} lớp; bài chỉ hiện chữ, không có bảng, ảnh và liên kết. Hãy chia thành nhiều bài";
        }

        if (isEmpty)
        {
            yield return "bài chỉ có tiêu đề, không có chữ hay ảnh nào";
        }

        foreach (var date in unreadDates)
        {
            yield return $"không đọc được ngày “{date}”, trang sẽ hiện lúc tải tệp lên; hãy viết như 20-11-2026 07:30";
        }

        foreach (var link in deadLinks.Distinct())
        {
            yield return $"liên kết “{link}” không dẫn tới đâu, trang chỉ hiện chữ; các loại tệp được phép: {string.Join(' ', MediaFiles.Extensions)}";
        }

        if (OldSyllable().Count(content.TextContent) >= MinOldSyllables)
        {
            yield return "chữ có vẻ theo bảng mã cũ TCVN3 (phông .VnTime) nên không đọc được; hãy chuyển sang Unicode rồi lưu lại";
        }
    }

    /// <summary>In the fonts of TCVN3 these signs are đ, ô, ơ, ă, â and letters with tones: <c>Th«ng b¸o</c>.</summary>
    [GeneratedRegex(@"(?:[A-Za-z][«»¬¨©¸¹¶·]|®)\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex OldSyllable();
}
