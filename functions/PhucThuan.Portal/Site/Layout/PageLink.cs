namespace PhucThuan.Portal.Site.Layout;

/// <summary>A link to a page of the portal.</summary>
/// <param name="Path">Starts with a slash.</param>
public sealed record PageLink(string Path, string Title);
