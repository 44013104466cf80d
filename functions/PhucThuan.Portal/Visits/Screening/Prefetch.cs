using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>Detects requests that a browser makes before the reader opens the page.</summary>
public static class Prefetch
{
    // Sec-Purpose: Fetch standard, sent by Chrome ("prefetch;prerender" for a prerender) and Firefox 115 and newer.
    // Older: Purpose from Chrome and Safari, X-Purpose from Safari, X-Moz from Firefox.
    private static readonly string[] Headers = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    // Safari sends preview for the thumbnails of its start page.
    private static readonly string[] Purposes = ["prefetch", "prerender", "preview"];

    public static bool IsPrefetch(IHeaderDictionary headers)
    {
        foreach (var header in Headers)
        {
            foreach (var value in headers[header])
            {
                if (SaysPrefetch(value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>True when a token or a parameter of a token (<c>prefetch;prerender</c>) is in the list.</summary>
    private static bool SaysPrefetch(ReadOnlySpan<char> value)
    {
        foreach (var part in value.SplitAny(';', ','))
        {
            foreach (var purpose in Purposes)
            {
                if (value[part].Trim().Equals(purpose, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
