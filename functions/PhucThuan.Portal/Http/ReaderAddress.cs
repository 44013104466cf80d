using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Http;

/// <summary>Puts the reader's address in the place of the proxy's, when the settings name a header to trust.</summary>
public sealed class ReaderAddress(IOptions<ReaderAddressOptions> options)
{
    /// <summary>Leaves the connection's address where the header is missing, too short or no address.</summary>
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
