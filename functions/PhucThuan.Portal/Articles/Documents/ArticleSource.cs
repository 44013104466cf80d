using PhucThuan.Portal.Articles.Characters;
using PhucThuan.Portal.Articles.Documents.Word;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>An editor's file as HTML, whatever format it came in. Nothing in it is safe yet.</summary>
/// <param name="Remarks">Content of the file that was not taken over, as sentences in Vietnamese for the
/// editor.</param>
/// <param name="IsRepaired">True for UTF-8 text that another program had decoded wrongly, and that was
/// repaired.</param>
/// <param name="IsLost">True if letters could not be restored.</param>
public sealed record ArticleSource(
    string Html, IReadOnlyList<string> Remarks, bool IsRepaired = false, bool IsLost = false)
{
    /// <summary>What a format other than HTML held back; of HTML, the import removes it.</summary>
    public Omissions Omissions { get; init; } = Omissions.None;

    /// <param name="name">Name of the file. It decides only if the content fits several formats.</param>
    /// <exception cref="NotAnArticleException">The file is of another program, broken, or too large to be
    /// read.</exception>
    public static ArticleSource Read(string name, ReadOnlySpan<byte> file)
    {
        if (FileContent.IsZip(file))
        {
            return WordDocument.Read(file.ToArray());
        }

        FileContent.Check(file);
        var (text, isRepaired, isLost) = ArticleText.DecodeAndRepair(file);
        FileContent.Check(text);
        var kind = FileContent.KindOf(name, text);
        if (kind is DocumentKind.Html)
        {
            return new(text, [], isRepaired, isLost);
        }

        TextLimit.Check(text.Length);
        return new(
            kind is DocumentKind.Markdown ? MarkdownDocument.ToHtml(text) : PlainTextDocument.ToHtml(text),
            [],
            isRepaired,
            isLost);
    }
}
