using PhucThuan.Portal.Articles.Import.Limits;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// Collects remarks for the editor of a file, in Vietnamese: what was removed, repaired or is missing.
/// </summary>
internal sealed class ArticleRemarks
{
    /// <summary>
    /// Maximum number of remarks of a kind; a page saved from another site may have hundreds of pictures.
    /// </summary>
    private const int MaxOfKind = 20;

    private readonly List<string> _remarks = [];
    private readonly HashSet<string> _notes = [];

    public IReadOnlyList<string> ToList() => [.. _remarks.Distinct()];

    /// <summary>Remarks that need no correction: the page shows what is intended.</summary>
    public IReadOnlySet<string> Notes => _notes;

    public void AddEncoding(bool isRepaired, bool isLost)
    {
        if (isLost)
        {
            _remarks.Add(
                "chữ bị lỗi bảng mã (UTF-8 đọc nhầm thành windows-1252), một số chữ đã mất nên không đọc được; hãy "
                    + "lưu lại từ bản gốc");
        }
        else if (isRepaired)
        {
            AddNote("chữ bị lỗi bảng mã (UTF-8 đọc nhầm thành windows-1252) đã được sửa; xin đọc lại bài");
        }
    }

    /// <summary>Adds one remark per kind of omission.</summary>
    public void AddOmissions(Omissions omissions)
    {
        Add(omissions.Hidden, $"đã bỏ {omissions.Hidden} đoạn chữ ẩn trong tệp, độc giả không thấy");
        Add(
            omissions.Deletions,
            $"đã bỏ {omissions.Deletions} đoạn bị xóa khi theo dõi sửa đổi; chữ thêm vào được giữ");
        Add(omissions.Comments, $"đã bỏ {omissions.Comments} lời bình luận của người soạn");
        Add(
            omissions.Fields,
            $"đã bỏ {omissions.Fields} trường tự điền tên tài khoản hoặc tên tệp trên máy của người soạn");
        Add(
            omissions.PaperTexts,
            $"đã bỏ {omissions.PaperTexts} đầu trang hoặc chân trang của bản in; cần thì chép chữ ấy vào bài");
    }

    private void Add(int count, string note)
    {
        if (count > 0)
        {
            AddNote(note);
        }
    }

    private void AddNote(string note)
    {
        _remarks.Add(note);
        _notes.Add(note);
    }

    public void AddLegacyFonts(IReadOnlyList<string> encodings)
    {
        foreach (var encoding in encodings)
        {
            AddNote($"chữ theo bảng mã cũ {encoding} đã được chuyển sang Unicode; xin đọc lại bài");
        }
    }

    public void AddPage(int removed)
    {
        if (removed > 0)
        {
            AddNote(
                $"trang lưu từ nơi khác: đã bỏ {removed} khối không thuộc bài (thực đơn, cột bên, bình luận…); xin "
                    + $"xem lại bài có đủ chữ không");
        }
    }

    public void AddSymbols(int unknown)
    {
        if (unknown > 0)
        {
            _remarks.Add($"{unknown} ký hiệu của phông Wingdings không có trong Unicode, trang hiện dấu •");
        }
    }

    public void AddPaths(int count)
    {
        if (count > 0)
        {
            AddNote($"đã bỏ {count} đường dẫn tới tệp trên máy của người soạn, chỉ giữ tên tệp");
        }
    }

    public void AddPictures(IReadOnlyList<string> remarks) => _remarks.AddRange(remarks.Distinct().Take(MaxOfKind));

    public void AddResult(bool isTextOnly, bool isEmpty, IReadOnlyList<string> deadLinks, string? programAuthor)
    {
        if (isTextOnly)
        {
            _remarks.Add(
                $"tệp có hơn {VietnamTime.Format(MarkupLimit.MaxTags)} thẻ, hoặc các thẻ lồng nhau hay nối nhau quá "
                    + "nhiều, nên bài chỉ hiện chữ, không có bảng, ảnh và liên kết; hãy chia thành nhiều bài");
        }

        if (isEmpty)
        {
            _remarks.Add("bài chỉ có tiêu đề, không có chữ hay ảnh nào");
        }

        foreach (var link in deadLinks.Distinct().Take(MaxOfKind))
        {
            _remarks.Add(
                $"liên kết “{link}” không dẫn tới đâu, trang chỉ hiện chữ; các loại tệp được phép: "
                    + $"{string.Join(' ', MediaFiles.Extensions)}");
        }

        if (programAuthor is not null)
        {
            AddNote(
                $"tác giả “{programAuthor}” là tên tài khoản mà chương trình tự ghi nên không hiện; muốn hiện tác giả, "
                    + "hãy thêm một dòng <meta name=\"author\">");
        }
    }
}
