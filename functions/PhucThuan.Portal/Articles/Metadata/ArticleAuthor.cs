using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>Classifies an author as person or organisation, for search engines, or as a user account.</summary>
internal static partial class ArticleAuthor
{
    private const int MaxFirstWords = 3;

    // First words of organisations. Marks matter: "Trường" is a school, "Trương" a family name. "Đoàn" alone is not
    // listed, because it is also a family name.
    private static readonly FrozenSet<string> Bodies = new[]
    {
        "ban", "báo", "bộ", "bưu điện", "câu lạc bộ", "chi bộ", "chi cục", "chi đoàn", "clb", "công an", "công đoàn",
        "cổng thông tin", "công ty", "đài", "đảng bộ", "đảng ủy", "đoàn thanh niên", "đoàn trường", "đoàn xã", "hđnd",
        "hội", "hội đồng", "hợp tác xã", "htx", "kho bạc", "khoa", "mặt trận", "ngân hàng", "nhà trường", "nhà văn hóa",
        "nhóm", "phòng", "quỹ", "sở", "thư viện", "tổ", "tòa soạn", "trạm", "trung tâm", "trường", "ubnd", "ubmttq",
        "ủy ban", "văn phòng", "viện", "xóm",
    }.Select(VietnameseText.WithOneSpelling).ToFrozenSet();

    // First words that are followed by the name of a person.
    private static readonly string[] Credits =
    [
        "phóng viên ", "cộng tác viên ", "biên tập viên ", "nhà báo ", "nhà thơ ", "tác giả ", "ông ", "bà ", "pv ",
    ];

    /// <summary>True for a login name: <c>Admin</c>, <c>ubnd_phucthuan</c>, an e-mail address.</summary>
    public static bool IsAccount(string author) =>
        Login().IsMatch(author) || Role().IsMatch(VietnameseText.Fold(author));

    /// <summary>
    /// Decides by the first words, otherwise by the case of the last one: it is capitalised in names of people
    /// (<c>Nguyễn Thị Huệ</c>) but mostly not in names of organisations (<c>Tổ quản lý cấp nước xã</c>).
    /// </summary>
    public static bool IsOrganization(string author)
    {
        var words = VietnameseText.Words().Matches(author).Select(word => word.Value).ToList();
        var lower = VietnameseText.WithOneSpelling(string.Join(' ', words).ToLowerInvariant()).Split(' ');
        if (words.Count == 0 || Credits.Any(credit => $"{string.Join(' ', lower)} ".StartsWith(
            VietnameseText.WithOneSpelling(credit), StringComparison.Ordinal)))
        {
            return false;
        }

        return Enumerable.Range(1, MaxFirstWords).Any(count => Bodies.Contains(string.Join(' ', lower.Take(count))))
            || (char.IsLower(words[^1][0]) && words.Exists(word => char.IsUpper(word[0])));
    }

    // For folded text.
    [GeneratedRegex(
        @"^(?:(?:(?:super|wp)[ _-]?)?admin(?:istrator)?|quan ?tri(?: ?vien)?|webmaster|root|user|guest|editor"
            + @"|mod(?:erator)?)[ ._-]?[0-9]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Role();

    // An e-mail address, or a single lower-case ASCII word that is not a domain name.
    [GeneratedRegex(
        @"^[^ ]+@[^ ]+$|^[a-z0-9._-]{4,}(?<!\.(?:vn|com|net|org|info))$", RegexOptions.CultureInvariant)]
    private static partial Regex Login();
}
