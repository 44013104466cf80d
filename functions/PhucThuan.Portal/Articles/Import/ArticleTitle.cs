using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Characters;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Finds the title of an article and removes it from the text, because the page shows it above. Word processors store a
/// title for few files and guess it for others.
/// </summary>
internal sealed partial class ArticleTitle(StyleCascade cascade)
{
    /// <summary>Characters; what is longer and bold is a paragraph.</summary>
    private const int MaxLength = 250;

    /// <summary>Characters of a line in capitals; what is shorter may be an abbreviation.</summary>
    private const int MinCapitals = 8;

    /// <summary>Pixels; 14 points, the size of the text of official letters, are 18.7.</summary>
    private const double LargeFont = 20;

    /// <summary>Lines between the first name of an office and the motto; the office above it comes first.</summary>
    private const int MaxIssuerLines = 4;

    /// <summary>Blocks at the beginning among which the title is looked for.</summary>
    private const int MaxLead = 12;

    /// <summary>Null when neither the file nor the beginning of its text has a title.</summary>
    /// <param name="pageTitle">The title of a saved page without the name of its site; null for other files.</param>
    public string? Take(IDocument document, IElement content, string? pageTitle)
    {
        var lead = content.QuerySelectorAll("h1, h2, h3, h4, h5, h6, p, li, dt, blockquote")
            .Where(element => element.Closest("table") is null && TextOf(element) is not null).Take(MaxLead).ToList();
        var named = content.QuerySelectorAll("p.title, p.MsoTitle, p.Title, h1.title, h1.entry-title")
            .FirstOrDefault(element => TextOf(element) is not null);
        var start = FindStart(lead);
        var heading = named is not null ? [named] : FindHeading(lead, start);
        var shown = heading.Count == 0 ? null : Join(heading.Select(element => TextOf(element)!));
        var stored = PlainText.OneLine(Clean(document.Title)) is { } given && !MadeByProgram().IsMatch(given)
            ? given
            : null;
        var title = IsClass(named) ? shown : pageTitle ?? (IsBeginning(shown, stored) ? shown : stored ?? shown);
        if (title is not null)
        {
            RemoveRepeated(title, heading, lead, start);
        }

        return title;
    }

    private static bool IsClass(IElement? named) => named is { LocalName: "p" };

    /// <summary>A saved page adds the name of its site: <c>Họp dân | Báo Ví Dụ</c>.</summary>
    private static bool IsBeginning(string? shown, string? stored) => shown is not null && stored is not null
        && stored.Length > shown.Length && stored.StartsWith(shown, StringComparison.OrdinalIgnoreCase)
        && SiteName().IsMatch(stored[shown.Length..]);

    private static void RemoveRepeated(string title, List<IElement> heading, List<IElement> lead, int start)
    {
        if (heading.Count > 0 && IsSame(Join(heading.Select(element => TextOf(element)!)), title))
        {
            heading.ForEach(element => element.Remove());
            return;
        }

        // The title is repeated as plain text, or on two lines.
        foreach (var count in new[] { 1, 2, 3 })
        {
            if (start >= 0 && lead.Count >= start + count
                && IsSame(Join(lead.Skip(start).Take(count).Select(element => TextOf(element)!)), title))
            {
                lead.Skip(start).Take(count).ToList().ForEach(element => element.Remove());
                return;
            }
        }
    }

    /// <summary>
    /// Of letters and digits alone: quotes, stops and spaces differ between a title and its repetition.
    /// </summary>
    private static bool IsSame(string? left, string? right) =>
        left is not null && right is not null && Letters(left) == Letters(right);

    private static string Letters(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));

    /// <summary>
    /// The first line after the letterhead; -1 without one. <c>XÃ PHÚC THUẬN</c> is the issuer of an official letter,
    /// which has a motto, a number or a kind; elsewhere it is the beginning of a title.
    /// </summary>
    private static int FindStart(List<IElement> lead)
    {
        var lines = lead.ConvertAll(element => TextOf(element)!);
        var isLetter = lines.Exists(line => Letterhead().IsMatch(line) || KindOfLetter().IsMatch(line));
        var start = -1;
        do
        {
            start = lines.FindIndex(
                start + 1, line => !Letterhead().IsMatch(line) && !(isLetter && Issuer().IsMatch(line)));
        }
        while (start >= 0 && IsIssuerAbove(lines, start));

        return start;
    }

    /// <summary>
    /// Whether the line is the name of some office: capitals, with the motto or the number of the letter below them.
    /// </summary>
    private static bool IsIssuerAbove(List<string> lines, int start)
    {
        var motto = lines.FindIndex(start + 1, Math.Min(MaxIssuerLines, lines.Count - start - 1),
            line => MottoOrNumber().IsMatch(line));
        return motto > 0 && lines[start..motto].TrueForAll(
            line => !line.Any(char.IsLower) && !BeginsWithKind().IsMatch(line));
    }

    /// <summary>
    /// The first line outside of a table and after the letterhead, if it is set as a title. A heading further on
    /// belongs to a section. In an official letter, the line of the kind (<c>THÔNG BÁO</c>) includes the next line, the
    /// subject (decree 30/2020, annex I).
    /// </summary>
    private List<IElement> FindHeading(List<IElement> lead, int start)
    {
        if (start < 0 || !(IsSetAsTitle(lead[start]) || IsPlainTitleOfLetter(lead, start)))
        {
            return [];
        }

        var heading = new List<IElement> { lead[start] };
        if (KindOfLetter().IsMatch(TextOf(lead[start])!))
        {
            heading.AddRange(
                lead.Skip(start + 1).Take(2).TakeWhile((element, index) => TextOf(element)!.Length <= MaxLength
                && (index == 0 || !Subject().IsMatch(TextOf(lead[start + 1])!) || IsBold(element))
                && (Subject().IsMatch(TextOf(element)!) || (IsSetAsTitle(element) && element.LocalName == "p"))));
        }

        return heading;
    }

    /// <summary>The kind of a letter above its subject, or the subject above the addressees, not set bold.</summary>
    private static bool IsPlainTitleOfLetter(List<IElement> lead, int start)
    {
        var (line, next) = (TextOf(lead[start])!, lead.Count > start + 1 ? TextOf(lead[start + 1])! : "");
        return line.Length <= MaxLength && (KindOfLetter().IsMatch(line)
            ? Subject().IsMatch(next) && next.Length <= MaxLength
            : Subject().IsMatch(line) && Addressees().IsMatch(next));
    }

    private bool IsSetAsTitle(IElement element) => element.LocalName[0] == 'h'
        || (element.LocalName == "p" && TextOf(element)!.Length <= MaxLength
            && !Addressees().IsMatch(TextOf(element)!)
            && (IsBold(element) || IsCapitals(TextOf(element)!) || IsLarge(element)));

    private static bool IsBold(IElement paragraph) => paragraph.Descendants<IText>()
        .All(text => string.IsNullOrWhiteSpace(text.Data) || text.ParentElement?.Closest("b, strong") is not null);

    private static bool IsCapitals(string text) =>
        text.Count(char.IsLetter) >= MinCapitals && !text.Any(char.IsLower) && text[^1] is not (':' or ';');

    private bool IsLarge(IElement paragraph) =>
        paragraph.Descendants<IText>().Where(text => !string.IsNullOrWhiteSpace(text.Data))
        .All(text => Pixels(text.ParentElement!, paragraph) >= LargeFont);

    private double Pixels(IElement element, IElement paragraph)
    {
        for (var at = element; at is not null; at = at == paragraph ? null : at.ParentElement)
        {
            if (at.LocalName == "big")
            {
                return LargeFont;
            }

            if (FontSize().Match(cascade.Get(at, "font-size")) is { Success: true } size)
            {
                var number = double.Parse(size.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
                return number * (
                    size.Groups[2].Value switch { "pt" => 4 / 3d, "em" or "rem" => 16, "%" => 0.16, _ => 1 });
            }

            if (cascade.Get(at, "font-size") is "large" or "larger" or "x-large" or "xx-large" or "xxx-large")
            {
                return LargeFont;
            }

            if (at.LocalName == "font" && at.GetAttribute("size") is { } named)
            {
                return named is "5" or "6" or "7" or "+2" or "+3" or "+4" ? LargeFont : 0;
            }
        }

        return 0;
    }

    /// <summary><c>THÔNG BÁO</c> and <c>Về việc …</c> become one sentence.</summary>
    private static string? Join(IEnumerable<string> lines)
    {
        var text = PlainText.OneLine(string.Join(' ', lines));
        return text is not null && KindAndSubject().Match(text) is { Success: true } letter
            ? letter.Groups[1].Value[..1] + letter.Groups[1].Value[1..].ToLower(VietnamTime.Culture) + " về việc "
            + letter.Groups[2].Value
            : text;
    }

    /// <summary>Without marks of footnotes, and with a space for the end of a line.</summary>
    private static string? TextOf(IElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Descendants())
        {
            if (node is IElement { LocalName: "br" })
            {
                text.Append(' ');
            }
            else if (node is IText words && words.ParentElement?.Closest("sup, a[href^='#']") is null)
            {
                text.Append(words.Data);
            }
        }

        return PlainText.OneLine(Clean(text.ToString()));
    }

    private static string? Clean(string? text) => text is null ? null : CleanCharacters.Clean(text);

    private const string Kinds =
        "THÔNG BÁO|KẾ HOẠCH|QUYẾT ĐỊNH|BÁO CÁO|TỜ TRÌNH|GIẤY MỜI|CÔNG VĂN|NGHỊ QUYẾT|CHỈ THỊ|HƯỚNG DẪN|CHƯƠNG TRÌNH|"
            + "PHƯƠNG ÁN|ĐỀ ÁN|BIÊN BẢN"
        + "|QUY CHẾ|QUY ĐỊNH|THƯ MỜI|THÔNG CÁO|CÔNG ĐIỆN|LỜI KÊU GỌI|GIẤY GIỚI THIỆU|DỰ ÁN|TRÍCH YẾU|KẾT LUẬN"
        + "|HỢP ĐỒNG|BẢN GHI NHỚ|BẢN (?:THỎA|THOẢ) THUẬN|GIẤY (?:ỦY|UỶ) QUYỀN|GIẤY NGHỈ PHÉP|PHIẾU (?:GỬI|CHUYỂN|BÁO)"
        + "|THƯ CÔNG|NỘI QUY|THỂ LỆ";

    [GeneratedRegex("^(?:" + Kinds + @")\s*:?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KindOfLetter();

    [GeneratedRegex(
        "^(" + Kinds + @")\s*:?\s*(?:Về việc|Về việc:|V/v:?)\s+(.+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KindAndSubject();

    [GeneratedRegex("^[(]?(?:Về |V/v)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Subject();

    [GeneratedRegex("^(?:" + Kinds + ")", RegexOptions.CultureInvariant)]
    private static partial Regex BeginsWithKind();

    [GeneratedRegex(@"^Kính (?:gửi|trình|thưa)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addressees();

    // The name of the office may stand on the same line, in capitals.
    private const string Motto =
        @"[^\p{Ll}]{0,100}(?i:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM).{0,60}|ĐẢNG CỘNG SẢN VIỆT NAM"
        + @"|[^\p{Ll}]{0,100}(?i:Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc)\W*";

    // Offices of the state write “Số: 12/TB-UBND”, those of the party “Số 12-TB/ĐU”.
    private const string Number = @"Số\s*:.{0,60}|Số\s+\d{1,4}\s*-\s*\p{Lu}.{0,60}";

    [GeneratedRegex("^(?:" + Motto + "|" + Number + ")$", RegexOptions.CultureInvariant)]
    private static partial Regex MottoOrNumber();

    // Motto, number, place and date, and the lines drawn below them.
    [GeneratedRegex(
        "^(?:" + Motto + "|" + Number
        + @"|\p{Lu}[\p{L} .]{1,40},\s*ngày.{0,40}năm.{0,8}|[\W_]*o[0O]o[\W_]*|[\W_]+)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Letterhead();

    [GeneratedRegex(
        @"^(?:(?:ỦY|UỶ) BAN NHÂN DÂN.{0,60}|UBND .{0,60}"
        + @"|(?:HỘI ĐỒNG NHÂN DÂN|ĐẢNG (?:ỦY|UỶ)|BAN CHẤP HÀNH|SỞ|PHÒNG|TRƯỜNG) \p{Lu}[\p{Lu} .,-]{2,60}"
        + @"|(?:XÃ|HUYỆN|TỈNH|PHƯỜNG|THỊ TRẤN|THÀNH PHỐ)(?: \p{Lu}+){1,4})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Issuer();

    [GeneratedRegex(@"^([0-9]*\.?[0-9]+)(px|pt|em|rem|%)", RegexOptions.CultureInvariant)]
    private static partial Regex FontSize();

    [GeneratedRegex(@"^\s*[|\-–—:»•·]\s*\S", RegexOptions.CultureInvariant)]
    private static partial Regex SiteName();

    /// <summary>
    /// Word takes the first line of a new file, which in official letters is the country's name and motto.
    /// </summary>
    [GeneratedRegex(
        @"^(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|(?:ỦY|UỶ) BAN NHÂN DÂN|UBND |Độc lập\s*[-–]|Số\s*:|Untitled|Không có "
            + @"tiêu đề|Chưa đặt tên|Tài liệu (?:không có tiêu đề|\d*$)|Tài liệu\d*$|Bảng tính không có tiêu đề"
        + @"|-? ?no title specified|Document ?\d*$|Book ?\d*$|Sheet ?\d*$|New Document|Microsoft (?:Word|Excel) - |"
        + @"Trang tính ?\d*$|(?:PowerPoint )?Presentation ?\d*$|Bản (?:trình bày|trình chiếu|thuyết trình) ?\d*$|"
        + @"Sổ (?:tính|làm việc) ?\d*$|Workbook ?\d*$|New Microsoft |Chưa có tiêu đề|Không (?:có tên|tên)$|Bản vẽ ?\d*$"
        + @"|Văn bản\d*$|WPS )|\.(?:docx?|odt|html?|xlsx?|dotx?|txt|rtf)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MadeByProgram();
}
