namespace PhucThuan.Tests;

/// <summary>What tells a reader's browser from a machine.</summary>
public static class TestBrowser
{
    public const string UserAgent =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36";
}
