using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// Reads <see cref="ArticleSteering"/> and <see cref="OfficialDocument"/> from <c>&lt;meta&gt;</c>. An invalid value
/// has no effect and adds a remark for the editor.
/// </summary>
internal sealed partial class SteeringMetadata
{
    private const string DateExample = "hãy viết như 30-11-2026 17:00";

    /// <summary>Duration of the banner of an urgent article without an end.</summary>
    private static readonly TimeSpan UrgentByDefault = TimeSpan.FromHours(24);

    private static readonly string[] Yes = ["co", "true", "1", "yes", "x"];
    private static readonly string[] No = ["khong", "false", "0", "no"];

    private readonly IDocument _document;
    private readonly List<string> _remarks = [];

    private SteeringMetadata(IDocument document) => _document = document;

    /// <summary>Requires canonical names (<see cref="MetadataNames.Canonicalize"/>).</summary>
    /// <param name="slug">Slug of this article.</param>
    /// <param name="published">Start of <see cref="UrgentByDefault"/>.</param>
    public static (ArticleSteering Steering, OfficialDocument? Official, IReadOnlyList<string> Remarks) Read(
        IDocument document, string slug, DateTimeOffset published)
    {
        var metadata = new SteeringMetadata(document);
        var steering = new ArticleSteering(
            metadata.ReadPinned(),
            metadata.ReadUrgent(published),
            metadata.ReadEnd("expires"),
            metadata.ReadDate("updated"),
            metadata.ValueOf("correction"),
            metadata.ReadRedirect(slug));
        if (steering.HasEndedAt(published))
        {
            metadata._remarks.Add("ngày hết hạn (expires) ở trước ngày đăng, nên bài không hiện trong danh sách nào");
        }

        return (steering, metadata.ReadOfficial(), metadata._remarks);
    }

    private string? ValueOf(string name) => PlainText.OneLine(
        _document.QuerySelectorAll("meta[name]")
            .FirstOrDefault(meta => meta.GetAttribute("name") == name)?.GetAttribute("content"));

    private DateTimeOffset? ReadPinned()
    {
        var word = VietnameseText.Fold(ValueOf("pinned") ?? "");
        return Yes.Contains(word) ? DateTimeOffset.MaxValue
            : word.Length == 0 || No.Contains(word) ? null
            : ReadEnd(
                "pinned", "không đọc được, bài không được ghim; hãy viết “có” hoặc thời hạn như 30-11-2026 17:00");
    }

    private DateTimeOffset? ReadUrgent(DateTimeOffset published)
    {
        var word = VietnameseText.Fold(ValueOf("urgent") ?? "");
        if (!Yes.Contains(word))
        {
            return word.Length == 0 || No.Contains(word) ? null : ReadEnd("urgent");
        }

        _remarks.Add(
            "tin khẩn (urgent) không ghi thời hạn nên chỉ báo trên mọi trang trong 24 giờ kể từ giờ đăng; "
                + DateExample);
        return published + UrgentByDefault;
    }

    /// <summary>A date without a time is inclusive: the end is the following midnight.</summary>
    private DateTimeOffset? ReadEnd(
        string name, string otherwise = "không đọc được nên không có tác dụng; " + DateExample)
    {
        if (ValueOf(name) is not { } text)
        {
            return null;
        }

        var date = Until().Replace(text, "");
        if (ArticleDate.Parse(date) is { } instant)
        {
            return TimeOfDay().IsMatch(VietnameseText.Fold(date)) ? instant : instant.AddDays(1);
        }

        _remarks.Add($"{name} “{text}” {otherwise}");
        return null;
    }

    private DateTimeOffset? ReadDate(string name)
    {
        var text = ValueOf(name);
        var date = ArticleDate.Parse(text);
        if (text is not null && date is null)
        {
            _remarks.Add($"{name} “{text}” không đọc được nên không có tác dụng; {DateExample}");
        }

        return date;
    }

    /// <summary>
    /// Accepts file name, slug or path of an article. Other sites are refused, because readers trust the portal's
    /// addresses.
    /// </summary>
    private string? ReadRedirect(string slug)
    {
        if (ValueOf("redirect") is not { } text)
        {
            return null;
        }

        var match = ArticleReference().Match(text);
        var target = match.Groups[1].Value;
        if (!match.Success || !Slug.IsValid(target))
        {
            _remarks.Add(
                $"redirect “{text}” không phải là bài của cổng nên không có tác dụng; hãy ghi tên tệp của bài mới, "
                    + $"như bai-moi.html");
            return null;
        }

        if (target == slug)
        {
            _remarks.Add("redirect dẫn về chính bài này nên không có tác dụng");
            return null;
        }

        return target;
    }

    private OfficialDocument? ReadOfficial()
    {
        var (number, issued, issuer) = (ValueOf("number"), ReadDate("issued"), ValueOf("issuer"));
        return number is null && issued is null && issuer is null
            ? null
            : new(number, issued is { } instant ? VietnamTime.DayOf(instant) : null, issuer);
    }

    [GeneratedRegex(
        @"^(?:cho\s+)?(?:đến|tới|hết|until)(?:\s+hết)?\s+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Until();

    // For folded text.
    [GeneratedRegex(@"[0-9]\s*(?::|h|g)", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^(?:\./|/?bai-viet/)?([a-z0-9-]+)(?:\.html?)?/?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ArticleReference();
}
