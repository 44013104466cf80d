namespace PhucThuan.Portal.Articles.Documents;

/// <summary>Formats of article files.</summary>
public enum DocumentKind
{
    Html,
    Word,
    Markdown,
    PlainText,
}
