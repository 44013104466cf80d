using System.Buffers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Referrers;

/// <summary>
/// Normalises the referring site of a visit to a public host name. Structural rules instead of a list of spam hosts,
/// because no .NET or npm package keeps one up to date; spam from robots is dropped with their views.
/// </summary>
public sealed partial class ReferrerHosts(OtherSites sites)
{
    /// <summary>Replaces every host above <see cref="MaxHosts"/>.</summary>
    public const string Others = "*";

    /// <summary>
    /// Maximum number of hosts with their own row, per instance and day, so that invented hosts cannot fill the table.
    /// </summary>
    public const int MaxHosts = 200;

    private const int MaxLength = 253; // RFC 1035, 2.3.4, without the final dot

    // Special-use names (RFC 6761, 6762, 8375, 9476) and common names of private networks, which could reveal a
    // reader's employer.
    private static readonly string[] PrivateSuffixes =
        [".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".arpa", ".test",
            ".invalid", ".example", ".alt", ".onion"];

    // Prefixes for hosts of the same site: mobile pages, and the hosts of Facebook's redirects.
    private static readonly string[] Prefixes = ["www.", "m.", "l.", "lm."];

    // The page's script sends only a host, so a value with other parts of a URL is invalid.
    private static readonly SearchValues<char> NeverInHost = SearchValues.Create("/\\?#@ \t\r\n");

    private readonly Lock _lock = new();
    private readonly HashSet<string> _hosts = [];
    private DateOnly _day;

    /// <summary>
    /// <c>facebook.com</c> for <c>lm.facebook.com:443</c>. Null for the portal itself and for an invalid or private
    /// host name; <see cref="Others"/> above the limit of the day.
    /// </summary>
    public string? Find(HttpRequest request, string? referrer, DateOnly day)
    {
        if (Normalize(referrer) is not { } host
            || sites.IsOwnHost(host, request)
            || sites.IsOwnHost("www." + host, request))
        {
            return null;
        }

        lock (_lock)
        {
            // A view of the previous day may arrive after midnight; it must not clear the current day's hosts.
            if (day > _day)
            {
                _day = day;
                _hosts.Clear();
            }

            return _hosts.Contains(host) || (_hosts.Count < MaxHosts && _hosts.Add(host)) ? host : Others;
        }
    }

    internal static string? Normalize(string? referrer)
    {
        if (string.IsNullOrEmpty(referrer)
            || referrer.Length > MaxLength + ":65535".Length
            || referrer.AsSpan().ContainsAny(NeverInHost)
            || !Uri.TryCreate("https://" + referrer, UriKind.Absolute, out var address)
            || address.HostNameType != UriHostNameType.Dns)
        {
            return null;
        }

        // IdnHost throws for labels that are invalid in IDNA, which Uri.TryCreate does not check.
        string host;
        try
        {
            host = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            return null;
        }

        foreach (var prefix in Prefixes)
        {
            var rest = host.StartsWith(prefix, StringComparison.Ordinal) ? host[prefix.Length..] : host;
            host = rest.Contains('.', StringComparison.Ordinal) ? rest : host;
        }

        return host.Length <= MaxLength
            && HostName().IsMatch(host)
            && !Array.Exists(PrivateSuffixes, suffix => host.EndsWith(suffix, StringComparison.Ordinal))
                ? host
                : null;
    }

    /// <summary>
    /// At least two labels, the last of which does not start with a digit (it could be an IPv4 address).
    /// </summary>
    [GeneratedRegex(
        @"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
