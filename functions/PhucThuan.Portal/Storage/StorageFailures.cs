using Azure;
using Azure.Identity;

namespace PhucThuan.Portal.Storage;

/// <summary>Distinguishes failures of storage and network from bugs.</summary>
public static class StorageFailures
{
    /// <summary>
    /// The Azure SDK reports a truncated response as <see cref="IOException"/>, a timeout as cancellation, and
    /// exhausted retries as <see cref="AggregateException"/>.
    /// </summary>
    public static bool Include(Exception exception) => exception switch
    {
        RequestFailedException or AuthenticationFailedException or StorageUnavailableException => true,
        IOException or HttpRequestException or OperationCanceledException => true,
        AggregateException aggregate => aggregate.InnerExceptions.Any(Include),
        _ => false,
    };
}

/// <summary>Storage is unavailable or overloaded; the request fails fast with 503.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
