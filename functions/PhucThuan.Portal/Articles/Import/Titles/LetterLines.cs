using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Import.Titles;

/// <summary>Recognises the lines at the top of an official letter (decree 30/2020, and common practice).</summary>
internal static partial class LetterLines
{
    /// <summary>
    /// True when the line belongs to the letterhead, contains a kind, or starts the text after the title.
    /// </summary>
    public static bool IsHead(string line) => Letterhead().IsMatch(line) || BeginsWithKind().IsMatch(line)
        || Addressees().IsMatch(line);

    private const string Kinds =
        "THÔNG BÁO|KẾ HOẠCH|QUYẾT ĐỊNH|BÁO CÁO|TỜ TRÌNH|GIẤY MỜI|CÔNG VĂN|NGHỊ QUYẾT|CHỈ THỊ|HƯỚNG DẪN|CHƯƠNG TRÌNH|"
            + "PHƯƠNG ÁN|ĐỀ ÁN|BIÊN BẢN"
        + "|QUY CHẾ|QUY ĐỊNH|THƯ MỜI|THÔNG CÁO|CÔNG ĐIỆN|LỜI KÊU GỌI|GIẤY GIỚI THIỆU|DỰ ÁN|TRÍCH YẾU|KẾT LUẬN"
        + "|HỢP ĐỒNG|BẢN GHI NHỚ|BẢN (?:THỎA|THOẢ) THUẬN|GIẤY (?:ỦY|UỶ) QUYỀN|GIẤY NGHỈ PHÉP|PHIẾU (?:GỬI|CHUYỂN|BÁO)"
        + "|THƯ CÔNG|NỘI QUY|THỂ LỆ";

    [GeneratedRegex("^(?:" + Kinds + @")\s*:?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex KindOfLetter();

    [GeneratedRegex(
        "^(" + Kinds + @")\s*:?\s*(?:Về việc|Về việc:|V/v:?)\s+(.+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex KindAndSubject();

    [GeneratedRegex("^[(]?(?:Về |V/v)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Subject();

    [GeneratedRegex("^(?:" + Kinds + ")", RegexOptions.CultureInvariant)]
    public static partial Regex BeginsWithKind();

    [GeneratedRegex(@"^Kính (?:gửi|trình|thưa)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Addressees();

    // The name of the office may precede it on the same line, in capitals.
    private const string Motto =
        @"[^\p{Ll}]{0,100}(?i:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM).{0,60}|ĐẢNG CỘNG SẢN VIỆT NAM"
        + @"|[^\p{Ll}]{0,100}(?i:Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc)\W*";

    // State offices write “Số: 12/TB-UBND”, party offices “Số 12-TB/ĐU”.
    private const string Number = @"Số\s*:.{0,60}|Số\s+\d{1,4}\s*-\s*\p{Lu}.{0,60}";

    [GeneratedRegex("^(?:" + Motto + "|" + Number + ")$", RegexOptions.CultureInvariant)]
    public static partial Regex MottoOrNumber();

    // Motto, number, place and date, and the lines drawn below them.
    [GeneratedRegex(
        "^(?:" + Motto + "|" + Number
        + @"|\p{Lu}[\p{L} .]{1,40},\s*ngày.{0,40}năm.{0,8}|[\W_]*o[0O]o[\W_]*|[\W_]+)$",
        RegexOptions.CultureInvariant)]
    public static partial Regex Letterhead();

    [GeneratedRegex(
        @"^(?:(?:ỦY|UỶ) BAN NHÂN DÂN.{0,60}|UBND .{0,60}"
        + @"|(?:HỘI ĐỒNG NHÂN DÂN|ĐẢNG (?:ỦY|UỶ)|BAN CHẤP HÀNH|SỞ|PHÒNG|TRƯỜNG) \p{Lu}[\p{Lu} .,-]{2,60}"
        + @"|(?:XÃ|HUYỆN|TỈNH|PHƯỜNG|THỊ TRẤN|THÀNH PHỐ)(?: \p{Lu}+){1,4})$",
        RegexOptions.CultureInvariant)]
    public static partial Regex Issuer();
}
