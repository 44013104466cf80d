using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>
/// Rate limit for each address: counts views in the current minute, so that one machine cannot invent readers. Not
/// .NET's rate limiters, which keep an entry for every address ever seen and use the system clock.
/// </summary>
public sealed class AddressRates(TimeProvider clock, IOptions<VisitOptions> options)
{
    // About 4 MB. A sender with more addresses than this is not stopped by a rate limit.
    private const int MaxAddresses = 100_000;

    private const int Ipv6PrefixBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, int> _views = [];

    // Random, never leaves the process: no address can be recovered from what is kept.
    private readonly byte[] _key = VisitorKey.NewSecret();
    private long _minute;

    /// <summary>
    /// Counts the view and returns whether it is within the rate. IPv6 addresses are compared by their first 64 bits,
    /// the prefix of one subscriber.
    /// </summary>
    public bool Admits(IPAddress? address)
    {
        var hash = Hash(address);
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (_lock)
        {
            if (minute != _minute || _views.Count >= MaxAddresses)
            {
                _views.Clear();
                _minute = minute;
            }

            ref var views = ref CollectionsMarshal.GetValueRefOrAddDefault(_views, hash, out _);
            return views < options.Value.AddressRate && ++views > 0;
        }
    }

    private ulong Hash(IPAddress? address)
    {
        // A dual-stack socket reports IPv4 mapped to IPv6, a proxy's header reports plain IPv4.
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
        var bytes = plain.GetAddressBytes().AsSpan();
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            bytes = bytes[..Ipv6PrefixBytes];
        }

        return BitConverter.ToUInt64(HMACSHA256.HashData(_key, bytes));
    }
}
