using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.EmphasisExtras;
using PhucThuan.Portal.Articles.Metadata;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>
/// Converts Markdown to HTML: CommonMark with tables, footnotes, task lists, strikethrough and inline HTML.
/// </summary>
internal static partial class MarkdownDocument
{
    private const int MaxOpenParentheses = 100;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseGridTables()
        .UseFootnotes()
        .UseTaskLists()
        .UseListExtras()
        .UseDefinitionLists()
        .UseAutoLinks()
        .UseFigures()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .UseEmphasisExtras(
            EmphasisExtraOptions.Strikethrough | EmphasisExtraOptions.Superscript | EmphasisExtraOptions.Subscript)
        .Build();

    /// <exception cref="NotAnArticleException">The text is nested too deeply or marked as a draft.</exception>
    public static string ToHtml(string text)
    {
        var (metadata, markdown) = FrontMatter.Extract(text);
        if (DeepLine().IsMatch(markdown))
        {
            throw TooDeep();
        }

        if (OpenParentheses(markdown) > MaxOpenParentheses)
        {
            throw new NotAnArticleException(
                $"một đoạn có hơn {MaxOpenParentheses} dấu ( chưa đóng; hãy kiểm tra các liên kết [chữ](địa chỉ)");
        }

        try
        {
            var html = TaskBox().Replace(
                Markdown.ToHtml(markdown, Pipeline), box =>
                    box.Value.Contains("checked=", StringComparison.Ordinal) ? "☑" : "☐");
            return HtmlText.Document(metadata, new StringBuilder(html));
        }
        catch (ArgumentException)
        {
            // Markdig throws for input that would overflow its stack.
            throw TooDeep();
        }
    }

    private static NotAnArticleException TooDeep() =>
        new("trích dẫn hoặc danh sách lồng nhau quá sâu; hãy bớt các dấu > hoặc khoảng lùi đầu dòng");

    /// <summary>
    /// Maximum number of parentheses that are open at the same time in a paragraph. Markdig reads from each possible
    /// start of an address to the end of the paragraph: 50,000 take 45 s.
    /// </summary>
    private static int OpenParentheses(string markdown)
    {
        var (open, most) = (0, 0);
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            open = line.IsWhiteSpace() ? 0 : open;
            foreach (var letter in line)
            {
                open = letter switch
                {
                    '(' => open + 1,
                    ')' => Math.Max(0, open - 1),
                    _ => open,
                };
                most = Math.Max(most, open);
            }
        }

        return most;
    }

    // Markdig takes quadratic time in the number of blocks that a line opens: 2 s for 50,000.
    [GeneratedRegex(
        @"^(?:[ \t]*(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))){100}",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex DeepLine();

    [GeneratedRegex("<input [^>]*type=\"checkbox\"[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex TaskBox();
}
