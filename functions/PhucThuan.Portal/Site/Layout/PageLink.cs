namespace PhucThuan.Portal.Site.Layout;

/// <summary>A link to a page of the portal.</summary>
/// <param name="Path">Starts with a slash.</param>
/// <param name="Language">Language of the title (BCP 47); null for Vietnamese.</param>
public sealed record PageLink(string Path, string Title, string? Language = null);
