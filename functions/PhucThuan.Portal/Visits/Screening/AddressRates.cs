using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>
/// Rate limit per address and minute, so that one machine cannot simulate many readers. .NET's rate limiters are not
/// suitable: they keep an entry for every address and use the system clock.
/// </summary>
public sealed class AddressRates(TimeProvider clock, IOptions<VisitOptions> options)
{
    // About 4 MB. A rate limit does not stop a sender with more addresses.
    private const int MaxAddresses = 100_000;

    private const int Ipv6PrefixBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, int> _views = [];

    // Random and never stored, so that no address can be recovered from the hashes.
    private readonly byte[] _key = VisitorKey.NewSecret();
    private long _minute;

    /// <summary>
    /// Counts the view; false above the rate. IPv6 addresses are grouped by their first 64 bits, the prefix of a
    /// subscriber.
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
