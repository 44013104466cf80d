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

    /// <summary>Page about offline reading, with the list of cached pages. worker.js contains the same path.</summary>
    public const string Offline = "/doc-ngoai-tuyen";

    /// <summary>The service worker, at the root because it controls only pages below its own folder.</summary>
    public const string Worker = "/sw.js";

    /// <summary>The Atom feed of all articles.</summary>
    public const string Feed = "/feed.xml";

    /// <summary>Prefix of the editors' desk; the next segment is a secret key.</summary>
    public const string Desk = "/ban-bien-tap";

    /// <summary>Prefix of drafts; the next segment is a secret key.</summary>
    public const string Drafts = "/ban-nhap";
}
