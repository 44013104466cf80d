namespace PhucThuan.Portal.Articles;

/// <summary>A file that is not published.</summary>
/// <param name="reason">In Vietnamese, for whoever uploaded it.</param>
public sealed class NotAnArticleException(string reason) : Exception(reason);
