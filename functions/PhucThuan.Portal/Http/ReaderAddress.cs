using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Http;

/// <summary>Sets the connection's remote address from the trusted header, when one is configured.</summary>
public sealed class ReaderAddress(IOptions<ReaderAddressOptions> options)
{
    /// <summary>Keeps the connection's address when the header is missing, too short or not an address.</summary>
    public void Apply(HttpContext context)
    {
        if (options.Value.Header is not { } header)
        {
            return;
        }

        var hops = context.Request.Headers[header].ToString().Split(',', StringSplitOptions.TrimEntries);
        if (hops.Length >= options.Value.TrustedHops
            && IPEndPoint.TryParse(hops[^options.Value.TrustedHops], out var reader))
        {
            context.Connection.RemoteIpAddress = reader.Address;
        }
    }
}
