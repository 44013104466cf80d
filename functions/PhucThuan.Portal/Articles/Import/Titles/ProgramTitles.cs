using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Import.Titles;

/// <summary>Recognises default titles that programs give to files.</summary>
internal static partial class ProgramTitles
{
    /// <summary>
    /// Word uses the first line of a new file, which in official letters is the national name and motto.
    /// </summary>
    [GeneratedRegex(
        @"^(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|(?:ỦY|UỶ) BAN NHÂN DÂN|UBND |Độc lập\s*[-–]|Số\s*:|Untitled|Không có "
            + @"tiêu đề|Chưa đặt tên|Tài liệu (?:không có tiêu đề|\d*$)|Tài liệu\d*$|Bảng tính không có tiêu đề"
        + @"|-? ?no title specified|Document ?\d*$|Book ?\d*$|Sheet ?\d*$|New Document|Microsoft (?:Word|Excel) - |"
        + @"Trang tính ?\d*$|(?:PowerPoint )?Presentation ?\d*$|Bản (?:trình bày|trình chiếu|thuyết trình) ?\d*$|"
        + @"Sổ (?:tính|làm việc) ?\d*$|Workbook ?\d*$|New Microsoft |Chưa có tiêu đề|Không (?:có tên|tên)$|Bản vẽ ?\d*$"
        + @"|Văn bản\d*$|WPS )|\.(?:docx?|odt|html?|xlsx?|dotx?|txt|rtf)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Name();
}
