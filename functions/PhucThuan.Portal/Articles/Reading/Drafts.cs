namespace PhucThuan.Portal.Articles.Reading;

/// <summary>The container for files that are not published yet.</summary>
public static class Drafts
{
    public const string ContainerName = "drafts";
}
