using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests.Visits;

/// <summary>
/// A network to real storage that loses requests and answers, as often as the test says. One request at a time reaches
/// Azurite, whose transactions (3.35.0) are not isolated: one that fails may undo parts of another under way.
/// </summary>
internal sealed class LossyTransport(Func<TransportFault> next) : HttpClientTransport
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var fault = message.Request.Method == RequestMethod.Post ? next() : TransportFault.None;
        if (fault == TransportFault.RequestLost)
        {
            throw new Azure.RequestFailedException("The request was lost.");
        }

        if (fault == TransportFault.FalseConflict)
        {
            throw new Azure.RequestFailedException(412, "Somebody between us and storage says so.");
        }

        await SendAsync(message);
        if (fault == TransportFault.AnswerLost)
        {
            throw new Azure.RequestFailedException("The answer was lost.");
        }

        if (fault == TransportFault.AnswerCut)
        {
            throw new IOException("The answer broke off.");
        }

        if (fault == TransportFault.SentTwice)
        {
            // As a client library does that sends again after a lost answer: the second answer is what is seen.
            await SendAsync(message);
        }
    }

    private async Task SendAsync(HttpMessage message)
    {
        await OneAtATime.WaitAsync(message.CancellationToken);
        try
        {
            await base.ProcessAsync(message);
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}

internal enum TransportFault
{
    None,
    RequestLost,
    AnswerLost,
    AnswerCut,
    FalseConflict,
    SentTwice,
}
