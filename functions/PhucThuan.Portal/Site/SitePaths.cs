namespace PhucThuan.Portal.Site;

/// <summary>Paths of pages that every page links to.</summary>
public static class SitePaths
{
    public const string Home = "/";

    public const string Overview = "/so-do-trang";

    public const string Categories = "/chuyen-muc";

    public const string About = "/ve-cong-thong-tin";

    public const string Search = "/tim-kiem";

    public const string Statistics = "/thong-ke";

    /// <summary>About reading without a line, and what a browser keeps for it. worker.js has the same
    /// address.</summary>
    public const string Offline = "/doc-ngoai-tuyen";

    /// <summary>The service worker, at the root because it may serve only what is beneath its folder.</summary>
    public const string Worker = "/sw.js";

    /// <summary>The Atom feed of all articles.</summary>
    public const string Feed = "/feed.xml";

    /// <summary>Beneath it stands the page of the editors; what follows is a secret.</summary>
    public const string Desk = "/ban-bien-tap";

    /// <summary>Beneath it stand drafts; what follows is a secret.</summary>
    public const string Drafts = "/ban-nhap";
}
