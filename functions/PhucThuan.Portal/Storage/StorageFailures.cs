using Azure;
using Azure.Identity;

namespace PhucThuan.Portal.Storage;

/// <summary>Tells failures of storage, and of the way to it, from failures of ours.</summary>
public static class StorageFailures
{
    /// <summary>
    /// An answer that breaks off comes as an <see cref="IOException"/>, a time-out as a cancellation, retries that were
    /// all in vain as an <see cref="AggregateException"/>.
    /// </summary>
    public static bool Include(Exception exception) => exception switch
    {
        RequestFailedException or AuthenticationFailedException or StorageUnavailableException => true,
        IOException or HttpRequestException or OperationCanceledException => true,
        AggregateException aggregate => aggregate.InnerExceptions.Any(Include),
        _ => false,
    };
}

/// <summary>Storage cannot do what was asked now, and waiting longer would be worse than saying so.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
