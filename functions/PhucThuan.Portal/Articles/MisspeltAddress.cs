namespace PhucThuan.Portal.Articles;

/// <summary>
/// Leads on from addresses as people type them or make them of a file's name: <c>Nghỉ-Lễ</c>, <c>nghi_le.html</c>.
/// </summary>
internal static class MisspeltAddress
{
    private const string Extension = ".html";

    /// <summary>
    /// The slug that was meant; null when the text is one already, or none can be made of it. A slug has neither slashes nor
    /// colons: nobody gets to another site by it.
    /// </summary>
    public static string? Correct(string text)
    {
        var name = text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? text[..^Extension.Length] : text;
        return Slug.FromText(name) is { } slug && slug != text ? slug : null;
    }
}
