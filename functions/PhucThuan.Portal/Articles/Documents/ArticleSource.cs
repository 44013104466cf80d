using PhucThuan.Portal.Articles.Documents.Word;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>An editor's file as HTML, whatever format it came in. Nothing in it is safe yet.</summary>
/// <param name="Remarks">What of the file could not be taken over, in Vietnamese for the editor.</param>
/// <param name="IsRepaired">The text was UTF-8 that another program had broken.</param>
/// <param name="IsLost">Letters of the text are lost.</param>
public sealed record ArticleSource(
    string Html, IReadOnlyList<string> Remarks, bool IsRepaired = false, bool IsLost = false)
{
    /// <summary>Characters of a text without markup; a book has a million.</summary>
    private const int MaxTextLength = 1024 * 1024;

    /// <param name="name">Of the file. It decides only where the content may be one or the other.</param>
    /// <exception cref="NotAnArticleException">The file is of another program, broken, or too large to be read.</exception>
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

        if (text.Length > MaxTextLength)
        {
            throw new NotAnArticleException($"bài dài quá {VietnamTime.Format(MaxTextLength)} chữ; hãy chia thành nhiều bài");
        }

        return new(
            kind is DocumentKind.Markdown ? MarkdownDocument.ToHtml(text) : PlainTextDocument.ToHtml(text),
            [],
            isRepaired,
            isLost);
    }
}
