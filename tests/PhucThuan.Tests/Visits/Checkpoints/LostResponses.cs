using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests.Visits.Checkpoints;

/// <summary>Sends requests to storage, and drops the responses to writes when the test says so.</summary>
internal sealed class LostResponses(Func<bool> isLost) : HttpClientTransport
{
    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await base.ProcessAsync(message);
        if (message.Request.Method == RequestMethod.Put && isLost())
        {
            throw new IOException("The answer was lost.");
        }
    }
}
