namespace PhucThuan.Portal.Articles;

/// <summary>A file cannot be published as an article.</summary>
/// <param name="reason">For the editor, in Vietnamese.</param>
public sealed class NotAnArticleException(string reason) : Exception(reason);
