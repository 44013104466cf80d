using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>
/// Sends requests to storage with the faults that the test chooses. One request at a time reaches Azurite, whose
/// transactions (3.35.0) are not isolated: a failed one may undo parts of a concurrent one.
/// </summary>
internal sealed class LossyTransport(Func<TransportFault> next) : HttpClientTransport
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private readonly Queue<Request> _late = new();

    /// <summary>Called between the reads of a writer and its commit, to simulate a concurrent change.</summary>
    public Func<Task> BeforeCommit { get; set; } = () => Task.CompletedTask;

    /// <summary>Lets the oldest late request reach storage; false when there is none.</summary>
    public async Task<bool> ArriveAsync()
    {
        if (!_late.TryDequeue(out var request))
        {
            return false;
        }

        using var message = new HttpMessage(request, new ResponseClassifier());
        await SendAsync(message);
        return true;
    }

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var fault = TransportFault.None;
        if (message.Request.Method == RequestMethod.Post)
        {
            await BeforeCommit();
            fault = next();
        }

        if (fault == TransportFault.RequestLost)
        {
            throw new Azure.RequestFailedException("The request was lost.");
        }

        if (fault == TransportFault.FalseConflict)
        {
            throw new Azure.RequestFailedException(412, "Somebody between us and storage says so.");
        }

        if (fault == TransportFault.RequestLate)
        {
            _late.Enqueue(await CopyAsync(message.Request, message.CancellationToken));
            throw new Azure.RequestFailedException("The request did not arrive in time.");
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
            // Like a client library that retries after a lost response: the caller sees the second response.
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

    /// <summary>Copies a request, because the client disposes of its own when it gives up.</summary>
    private async Task<Request> CopyAsync(Request request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Content!.WriteToAsync(body, cancellationToken);
        var copy = CreateRequest();
        copy.Method = request.Method;
        copy.Uri.Reset(request.Uri.ToUri());
        copy.Content = RequestContent.Create(body.ToArray());
        foreach (var header in request.Headers)
        {
            copy.Headers.Add(header);
        }

        return copy;
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

    /// <summary>The sender gives up; the request reaches storage later, when the test says so.</summary>
    RequestLate,
}
