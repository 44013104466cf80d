namespace PhucThuan.Portal.Articles.Reading;

/// <summary>Where editors put files that readers are not to see yet.</summary>
public static class Drafts
{
    public const string ContainerName = "drafts";
}
