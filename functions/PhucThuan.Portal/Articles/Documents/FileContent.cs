using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>Detects the format of a file by its content, because extensions may be wrong.</summary>
internal static partial class FileContent
{
    /// <summary>Characters in which the header of a web archive is searched.</summary>
    private const int HeaderLength = 2048;

    /// <summary>
    /// Maximum share of control characters in a text: one in this number. In binary files it is about one in ten.
    /// </summary>
    private const int ControlShare = 50;

    private const string NotText =
        "đây không phải là tệp chữ; hãy mở tệp bằng chương trình đã tạo ra nó rồi lưu thành .docx hoặc HTML, không "
            + "chỉ đổi đuôi tên tệp";

    /// <summary>Word documents are ZIP archives, as are many others.</summary>
    public static bool IsZip(ReadOnlySpan<byte> file) => file is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <exception cref="NotAnArticleException">The file is empty or has an unsupported format.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        var reason = file switch
        {
            [] => "tệp trống, không có chữ nào; hãy lưu lại rồi tải lên lần nữa",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => IsEncrypted(file)
                ? "tệp Word có mật khẩu; hãy bỏ mật khẩu (Tệp → Thông tin → Bảo vệ tài liệu) rồi lưu lại"
                : OtherFiles.OldWord,
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => OtherFiles.Pdf,
            [(byte)'{', (byte)'\\', (byte)'r', (byte)'t', (byte)'f', ..] => OtherFiles.RichText,
            [0xFF, 0xD8, 0xFF, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [(byte)'G', (byte)'I', (byte)'F',
                (byte)'8', ..] => OtherFiles.Picture,
            [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] or [0x1F, 0x8B,
                ..] => OtherFiles.Archive,
            _ => null,
        };
        if (reason is not null)
        {
            throw new NotAnArticleException(reason);
        }
    }

    /// <exception cref="NotAnArticleException">The file is a web archive or binary.</exception>
    public static void Check(string text)
    {
        if (IsWebArchive(text))
        {
            throw new NotAnArticleException(OtherFiles.WebArchive);
        }

        if (text.Count(IsControl) * ControlShare > text.Length)
        {
            throw new NotAnArticleException(NotText);
        }
    }

    /// <summary>
    /// Checks the parsed document, because a frameset after other content is ignored, as in browsers.
    /// </summary>
    /// <exception cref="NotAnArticleException">The document has frames instead of a body.</exception>
    public static void CheckFrames(IDocument document)
    {
        if (document.DocumentElement.Children.Any(child => child.LocalName == "frameset"))
        {
            throw new NotAnArticleException(
                "đây là sổ tính nhiều trang tính (sheet) hoặc trang chia khung, không có chữ nào trong tệp này; "
                + "hãy lưu lại từng trang tính thành một tệp (Save As, Web Page, chọn Selection: Sheet)");
        }
    }

    /// <summary>HTML content is detected under every name; a <c>.html</c> file without tags is plain text.</summary>
    public static DocumentKind KindOf(string name, string text)
    {
        if (BeginningOfHtml().IsMatch(text))
        {
            return DocumentKind.Html;
        }

        var promised = DocumentKinds.Of(name) ?? DocumentKind.Html;
        var isMarked = promised is not DocumentKind.Html || TagOrEntity().IsMatch(text);
        return isMarked && promised is not DocumentKind.Word ? promised : DocumentKind.PlainText;
    }

    private static bool IsControl(char letter) =>
        letter is '\uFFFD' || (char.IsControl(letter) && !char.IsWhiteSpace(letter));

    /// <summary>
    /// A Word document with a password is a stream with this name in a compound file ([MS-OFFCRYPTO], 2.3.4.4).
    /// </summary>
    private static bool IsEncrypted(ReadOnlySpan<byte> file) =>
        file.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0;

    private static bool IsWebArchive(string text) =>
        HeaderField().IsMatch(text)
            && text.AsSpan(0, Math.Min(text.Length, HeaderLength))
            .Contains("MIME-Version:", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*[A-Za-z-]{2,40}:", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderField();

    [GeneratedRegex(
        @"^[\s\uFEFF]*(?:<!--[\s\S]{0,4000}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype html|html|head|body|title|"
            + @"meta)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BeginningOfHtml();

    [GeneratedRegex("<[!/]?[a-z]|&(?:#|[a-z]+;)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TagOrEntity();
}
