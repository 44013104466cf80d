using System.Buffers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Referrers;

/// <summary>
/// The site from which a visit came: a public host name and nothing else. Structural rules instead of a list of spam
/// hosts, which no package of .NET or npm keeps up to date; spam sent by robots is dropped with their views.
/// </summary>
public sealed partial class ReferrerHosts(OtherSites sites)
{
    /// <summary>Stands for every host beyond <see cref="MaxHosts"/>.</summary>
    public const string Others = "*";

    /// <summary>
    /// Hosts with a row of their own, for each instance and day. Bounds the table against invented hosts.
    /// </summary>
    public const int MaxHosts = 200;

    private const int MaxLength = 253; // RFC 1035, 2.3.4, without the final dot

    // Special-use names (RFC 6761, 6762, 8375, 9476) and usual names of private networks. They say where a reader
    // works.
    private static readonly string[] PrivateSuffixes =
        [".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".arpa", ".test",
            ".invalid", ".example", ".alt", ".onion"];

    // One site under several names: mobile pages, and the hosts through which Facebook sends its readers.
    private static readonly string[] Prefixes = ["www.", "m.", "l.", "lm."];

    // Whoever sends more than a host sends something else than the script of the page.
    private static readonly SearchValues<char> NeverInHost = SearchValues.Create("/\\?#@ \t\r\n");

    private readonly Lock _lock = new();
    private readonly HashSet<string> _hosts = [];
    private DateOnly _day;

    /// <summary>
    /// <c>facebook.com</c> for <c>lm.facebook.com:443</c>. Null for the portal itself and for what is no public host
    /// name; <see cref="Others"/> beyond the limit of the day.
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
            // Views of the day before may come after midnight; they do not clear the day's hosts.
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

        // IdnHost throws for labels that are not valid in IDNA; Uri does not check them.
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
    /// At least two labels; the last one does not begin with a digit, as that of an IPv4 address does.
    /// </summary>
    [GeneratedRegex(
        @"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
