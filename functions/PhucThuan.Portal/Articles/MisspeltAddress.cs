using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Articles;

/// <summary>Leads on from addresses as people type them or make them of a file's name: <c>Nghi-Le</c>, <c>nghi-le.html</c>.</summary>
internal static class MisspeltAddress
{
    private const string Extension = ".html";

    /// <summary>
    /// Null when the text is a slug already, or none can be made of it. What is led to is made of the slug alone, which has
    /// neither slashes nor colons: nobody gets to another site by it, and the query is left behind.
    /// </summary>
    public static IResult? Redirect(string text, Func<string, string> pathOf)
    {
        var name = text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? text[..^Extension.Length] : text;
        var slug = name.ToLowerInvariant();
        return slug != text && Slug.IsValid(slug) ? TypedResults.LocalRedirect(pathOf(slug), permanent: true) : null;
    }
}
