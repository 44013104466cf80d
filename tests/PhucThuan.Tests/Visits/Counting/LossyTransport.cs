using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>
/// A network to real storage that loses requests and answers, as often as the test says. One request at a time reaches
/// Azurite, whose transactions (3.35.0) are not isolated: one that fails may undo parts of another under way.
/// </summary>
internal sealed class LossyTransport(Func<TransportFault> next) : HttpClientTransport
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private readonly Queue<Request> _late = new();

    /// <summary>What happens elsewhere between a writer's reading and its commit.</summary>
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

    /// <summary>The client disposes of its request when it gives up.</summary>
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

    /// <summary>Given up by its sender, it reaches storage when the test says so.</summary>
    RequestLate,
}
