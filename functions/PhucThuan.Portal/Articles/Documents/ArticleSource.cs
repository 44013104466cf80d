using PhucThuan.Portal.Articles.Characters;
using PhucThuan.Portal.Articles.Documents.Word;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>An editor's file of any format, converted to HTML. The HTML is not sanitised yet.</summary>
/// <param name="Remarks">Remarks for the editor about content that was not converted, in Vietnamese.</param>
/// <param name="IsRepaired">True when <see cref="Mojibake"/> has been repaired.</param>
/// <param name="IsLost">True when letters could not be restored.</param>
public sealed record ArticleSource(
    string Html, IReadOnlyList<string> Remarks, bool IsRepaired = false, bool IsLost = false)
{
    /// <summary>Content omitted by the conversion. Empty for HTML, where the import omits it.</summary>
    public Omissions Omissions { get; init; } = Omissions.None;

    /// <param name="name">Name of the file, which decides only if the content fits several formats.</param>
    /// <exception cref="NotAnArticleException">The file has an unsupported format, is broken or too large.</exception>
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
