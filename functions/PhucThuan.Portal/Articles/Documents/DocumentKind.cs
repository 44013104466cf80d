namespace PhucThuan.Portal.Articles.Documents;

/// <summary>The formats that articles are written in.</summary>
public enum DocumentKind
{
    Html,
    Word,
    Markdown,
    PlainText,
}
