using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>Tells requests that a browser makes before its reader has asked for the page, perhaps in vain.</summary>
public static class Prefetch
{
    // Sec-Purpose: Fetch standard, sent by Chrome ("prefetch;prerender" when it renders too) and Firefox 115 and newer.
    // The others came before it: Purpose from Chrome and Safari, X-Purpose from Safari, X-Moz from Firefox.
    private static readonly string[] Headers = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    // Safari says preview when it takes pictures of pages for its start page.
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

    /// <summary>Whether a token, or a parameter of one (<c>prefetch;anonymous-client-ip</c>), is such a purpose.</summary>
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
