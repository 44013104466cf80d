namespace PhucThuan.Portal.Articles;

/// <summary>
/// Redirects misspelt addresses, such as <c>Nghỉ-Lễ</c> and <c>nghi_le.html</c>.
/// </summary>
internal static class MisspeltAddress
{
    private const string Extension = ".html";

    /// <summary>
    /// The intended slug; null when the text is a valid slug already, or none can be derived. A slug contains no slash
    /// and no colon, so the redirect cannot lead to another site.
    /// </summary>
    public static string? Correct(string text)
    {
        var name = text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? text[..^Extension.Length] : text;
        return Slug.FromText(name) is { } slug && slug != text ? slug : null;
    }
}
