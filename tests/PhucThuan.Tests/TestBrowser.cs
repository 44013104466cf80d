using System.Collections.Frozen;

namespace PhucThuan.Tests;

/// <summary>Headers of a reader's browser.</summary>
public static class TestBrowser
{
    public const string UserAgent =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 "
            + "Safari/537.36";

    /// <summary>Headers that Chromium sends in addition to <see cref="UserAgent"/>.</summary>
    public static readonly FrozenDictionary<string, string> ClientHints = new Dictionary<string, string>
    {
        ["Sec-CH-UA"] = "\"Chromium\";v=\"153\", \"Not)A;Brand\";v=\"99\"",
    }.ToFrozenDictionary();
}
