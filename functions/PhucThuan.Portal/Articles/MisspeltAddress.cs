using PhucThuan.Portal.Articles.Documents;

namespace PhucThuan.Portal.Articles;

/// <summary>
/// Redirects misspelt addresses, such as <c>Nghỉ-Lễ</c> and <c>nghi_le.html</c>.
/// </summary>
internal static class MisspeltAddress
{
    /// <summary>
    /// The intended slug; null when the text is already a valid slug, or no slug can be derived. A slug contains no
    /// slash and no colon, so the redirect cannot lead to another site.
    /// </summary>
    public static string? Correct(string text)
    {
        return Slug.FromText(DocumentKinds.WithoutExtension(text)) is { } slug && slug != text ? slug : null;
    }
}
