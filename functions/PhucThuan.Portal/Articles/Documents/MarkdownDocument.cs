using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.EmphasisExtras;
using PhucThuan.Portal.Articles.Metadata;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>
/// Articles in Markdown: CommonMark with tables, footnotes, task lists and struck-out text, and HTML in between.
/// </summary>
internal static partial class MarkdownDocument
{
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

    /// <exception cref="NotAnArticleException">Nested too deep, or a draft.</exception>
    public static string ToHtml(string text)
    {
        var (metadata, markdown) = FrontMatter.Take(text);
        if (DeepLine().IsMatch(markdown))
        {
            throw TooDeep();
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
            // The library refuses input that would overflow its stack.
            throw TooDeep();
        }
    }

    private static NotAnArticleException TooDeep() =>
        new("trích dẫn hoặc danh sách lồng nhau quá sâu; hãy bớt các dấu > hoặc khoảng lùi đầu dòng");

    // The library takes quadratic time in the number of blocks that one line opens: 2 s for 50,000.
    [GeneratedRegex(
        @"^(?:[ \t]*(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))){100}",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex DeepLine();

    [GeneratedRegex("<input [^>]*type=\"checkbox\"[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex TaskBox();
}
