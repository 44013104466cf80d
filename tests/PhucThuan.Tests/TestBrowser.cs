namespace PhucThuan.Tests;

/// <summary>Headers of a reader's browser.</summary>
public static class TestBrowser
{
    public const string UserAgent =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 "
            + "Safari/537.36";
}
