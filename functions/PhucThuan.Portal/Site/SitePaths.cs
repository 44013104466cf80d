namespace PhucThuan.Portal.Site;

/// <summary>Paths of pages that every page links to.</summary>
public static class SitePaths
{
    public const string Home = "/";

    public const string Overview = "/so-do-trang";

    public const string Search = "/tim-kiem";

    public const string Statistics = "/thong-ke";

    /// <summary>The Atom feed of all articles.</summary>
    public const string Feed = "/feed.xml";
}
