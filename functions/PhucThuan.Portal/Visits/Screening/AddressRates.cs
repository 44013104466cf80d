using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>
/// Counts the views of each address in the present minute, so that one machine cannot make up readers. Our own instead of
/// .NET's rate limiters: those keep something for every address that ever comes, and real time.
/// </summary>
public sealed class AddressRates(TimeProvider clock, IOptions<VisitOptions> options)
{
    // About 4 MB. Whoever has more addresses than this is not held up by counting them.
    private const int MaxAddresses = 100_000;

    private const int Ipv6PrefixBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, int> _views = [];

    // Random, and never leaves the process: what is kept tells nobody's address.
    private readonly byte[] _key = VisitorKey.NewSecret();
    private long _minute;

    /// <summary>Takes the view into account. Of IPv6 the first 64 bits count, as one subscriber has all that follow.</summary>
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
        // A server that listens on both sees IPv4 inside of IPv6, a proxy's header has it plain: one address all the same.
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
        var bytes = plain.GetAddressBytes().AsSpan();
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            bytes = bytes[..Ipv6PrefixBytes];
        }

        return BitConverter.ToUInt64(HMACSHA256.HashData(_key, bytes));
    }
}
