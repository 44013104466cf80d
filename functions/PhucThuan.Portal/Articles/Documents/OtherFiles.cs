using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>
/// Messages for files in container <c>articles</c> that are not articles: what the file is, and what the editor can do,
/// in Vietnamese.
/// </summary>
public static partial class OtherFiles
{
    public const string Pdf =
        "đây là tệp PDF; hãy tải tệp lên kho media rồi đặt liên kết tới tệp trong một bài, hoặc lấy bản Word của văn "
            + "bản lưu thành .docx";
    public const string OldWord =
        "đây là tệp Word đời cũ (.doc); hãy mở tệp bằng Word rồi chọn Lưu thành → Tài liệu Word (.docx)";
    public const string OpenDocument =
        "đây là tệp của LibreOffice (.odt); hãy mở tệp rồi chọn Lưu dưới dạng → Word 2007–365 (.docx)";
    public const string RichText = "đây là tệp RTF; hãy mở tệp bằng Word hoặc LibreOffice rồi lưu thành .docx";
    public const string Spreadsheet =
        "đây là bảng tính; hãy chép bảng vào một tệp Word rồi lưu thành .docx, hoặc tải tệp lên kho media rồi đặt "
            + "liên kết trong bài";
    public const string Presentation =
        "đây là tệp trình chiếu; hãy xuất thành PDF, tải lên kho media rồi đặt liên kết trong bài";
    public const string WebArchive =
        "đây là trang web lưu thành một tệp (.mht, .mhtml); hãy lưu lại thành Trang web, đã lọc (.htm) hoặc .docx";
    public const string Pages = "đây là tệp Pages của Apple; hãy chọn Tệp → Xuất sang → Word (.docx)";
    public const string Archive =
        "đây là tệp nén; hãy giải nén rồi tải bài viết lên kho articles, ảnh và tài liệu lên kho media";
    public const string Picture = "đây là ảnh; hãy tải ảnh lên kho media";
    public const string Recording =
        "đây là tệp âm thanh hoặc phim; hãy tải tệp lên kho media rồi đặt liên kết trong bài";
    public const string Letter = "đây là thư điện tử; hãy chép nội dung vào một tệp Word rồi lưu thành .docx";
    public const string Shortcut =
        "đây chỉ là lối tắt, không có nội dung; hãy tải văn bản về thành Microsoft Word (.docx) rồi đưa tệp ấy lên";
    public const string Unfinished = "đây là tệp đang tải dở; hãy tải lại cho xong";

    private const string Temporary = "đây là tệp tạm của một chương trình, không phải bài viết; có thể xóa";
    private const string Companion =
        "đây là tệp đi kèm mà chương trình soạn thảo lưu cạnh bài; ảnh trong thư mục này hãy tải lên kho media, giữ "
            + "nguyên tên thư mục";
    public const string NoLetters =
        "tên tệp không có chữ cái hay chữ số nào để làm địa chỉ của bài; hãy đổi tên, chẳng hạn Thông báo nghỉ lễ.docx";
    private const string NoExtension = "tên tệp không có đuôi; hãy thêm đuôi cho biết loại tệp, chẳng hạn .docx";

    private static readonly FrozenDictionary<string, string> ByExtension = new (string Extensions, string Reason)[]
    {
        (".pdf .xps .djvu", Pdf),
        (".odt .ott .fodt .sxw", OpenDocument),
        (".xls .xlsx .xlsm .xlsb .ods .csv .numbers .et", Spreadsheet),
        (".ppt .pptx .pps .ppsx .odp .key .dps", Presentation),
        (".mht .mhtml .maff .webarchive", WebArchive),
        (".pages", Pages),
        (".zip .rar .7z .gz .tar .epub", Archive),
        (".jpg .jpeg .png .gif .webp .avif .bmp .tif .tiff .heic .heif .svg .ico .jfif .psd .emf .wmf", Picture),
        (".mp3 .mp4 .m4a .wav .ogg .aac .avi .mov .mkv .webm .3gp .wmv", Recording),
        (".eml .msg", Letter),
        (".gdoc .gsheet .lnk .url .webloc .desktop", Shortcut),
        (".crdownload .part .partial .download", Unfinished),
        (".tmp .bak .db .ini .log", Temporary),
    }.SelectMany(kind => kind.Extensions.Split(' ').Select(extension => KeyValuePair.Create(extension, kind.Reason)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for the name of an article.</summary>
    public static string? ReasonAgainst(string blobName)
    {
        var path = blobName.Split('/');
        var name = path[^1];
        if (path.Any(IsTemporary))
        {
            return Temporary;
        }

        // Word saves headers, footers and comments as HTML files in a companion folder.
        if (path[..^1].Any(folder => CompanionFolder().IsMatch(folder)))
        {
            return Companion;
        }

        if (DocumentKinds.Of(name) is null)
        {
            var extension = Path.GetExtension(name);
            return extension.Length <= 1 ? NoExtension : ByExtension.GetValueOrDefault(extension)
                ?? UnknownKind(extension);
        }

        return Slug.FromText(DocumentKinds.WithoutExtension(name)) is null ? NoLetters : null;
    }

    private static string UnknownKind(string extension) =>
        $"cổng không đọc được loại tệp {extension}; bài viết có thể là {string.Join(' ', DocumentKinds.Extensions)}";

    /// <summary>
    /// Lock files of Word (<c>~$</c>, which contain the name of an account), LibreOffice and Emacs, and metadata files
    /// of macOS.
    /// </summary>
    private static bool IsTemporary(string name) =>
        name is ['.', ..] or "__MACOSX"
        || name.StartsWith("~$", StringComparison.Ordinal)
        || name.StartsWith("~WRL", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Names given by Word, LibreOffice and browsers, in English and other languages that are used in Viet Nam.
    /// </summary>
    [GeneratedRegex(
        @"[ _.-](?:files?|tệp|tập tin|fichiers|dateien)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CompanionFolder();
}
