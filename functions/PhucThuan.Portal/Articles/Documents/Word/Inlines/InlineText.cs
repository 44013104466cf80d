using System.Text;

namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>
/// The content of a paragraph. Joins adjacent runs of equal format, because Word splits corrected words into several
/// runs.
/// </summary>
internal sealed class InlineText
{
    private readonly List<(RunFormat Format, StringBuilder Html)> _pieces = [];

    public bool IsEmpty => _pieces.Count == 0;

    public void Append(string html, RunFormat format)
    {
        if (_pieces.Count == 0 || _pieces[^1].Format != format)
        {
            _pieces.Add((format, new StringBuilder()));
        }

        _pieces[^1].Html.Append(html);
    }

    /// <summary>Appends text that continues the paragraph.</summary>
    public void Append(InlineText next) => _pieces.AddRange(next._pieces);

    public string ToHtml(bool isBoldAnyway = false)
    {
        var html = new StringBuilder();
        string? link = null;
        foreach (var (format, text) in _pieces)
        {
            if (format.Link != link)
            {
                html.Append(link is null ? "" : "</a>");
                html.Append(format.Link is null ? "" : $"<a href=\"{HtmlText.Encode(format.Link)}\">");
                link = format.Link;
            }

            // White space is written without emphasis.
            var isBlank = string.IsNullOrWhiteSpace(text.ToString());
            var tags = isBlank ? [] : (isBoldAnyway ? format with { IsBold = false } : format).Tags.ToList();
            html.AppendJoin("", tags.Select(tag => $"<{tag}>"));
            html.Append(
                format.Font is null
                    ? text.ToString()
                    : $"<span style=\"font-family:'{HtmlText.Encode(format.Font)}'\">{text}</span>");
            html.AppendJoin("", tags.AsEnumerable().Reverse().Select(tag => $"</{tag}>"));
        }

        return html.Append(link is null ? "" : "</a>").ToString();
    }
}
