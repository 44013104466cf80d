using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>A file that bears an article's name and is something else.</summary>
/// <param name="reason">In Vietnamese, for whoever uploaded it.</param>
public sealed class NotAnArticleException(string reason) : Exception(reason);

/// <summary>Knows files of other programs that were only given another name, and what is no text at all.</summary>
internal static partial class NotAnArticle
{
    private const string SaveAsHtml = "hãy mở tệp rồi lưu lại thành HTML, không chỉ đổi đuôi tên tệp";

    /// <summary>Where the header of a web archive says that it is one.</summary>
    private const int HeaderLength = 2048;

    /// <summary>One in so many characters: a text has a few by mistake, other files one in ten.</summary>
    private const int ControlShare = 50;

    /// <exception cref="NotAnArticleException">The file is none.</exception>
    public static void Check(ReadOnlySpan<byte> file, string text)
    {
        var kind = file switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => "tệp Word, Excel (.docx, .xlsx) hoặc tệp nén",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "tệp Word hoặc Excel đời cũ (.doc, .xls)",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "tệp PDF",
            [(byte)'{', (byte)'\\', (byte)'r', (byte)'t', (byte)'f', ..] => "tệp RTF",
            _ when IsWebArchive(text) => "trang web lưu thành một tệp (.mht, .mhtml)",
            _ => null,
        };
        if (kind is not null)
        {
            throw new NotAnArticleException($"đây là {kind}; {SaveAsHtml}");
        }

        if (FrameSet().IsMatch(text))
        {
            throw new NotAnArticleException("đây là sổ tính nhiều trang tính (sheet) hoặc trang chia khung, không có chữ nào trong tệp này; "
                + "hãy lưu lại từng trang tính thành một tệp (Save As, Web Page, chọn Selection: Sheet)");
        }

        if (text.Count(IsControl) * ControlShare > text.Length)
        {
            throw new NotAnArticleException("đây không phải là tệp chữ; " + SaveAsHtml);
        }
    }

    public static bool IsControl(char letter) => letter is '\uFFFD' || (char.IsControl(letter) && !char.IsWhiteSpace(letter));

    private static bool IsWebArchive(string text) =>
        HeaderField().IsMatch(text) && text.AsSpan(0, Math.Min(text.Length, HeaderLength)).Contains("MIME-Version:", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"<frameset\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FrameSet();

    [GeneratedRegex(@"^\s*[A-Za-z-]{2,40}:", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderField();
}
