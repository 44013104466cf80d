using System.Globalization;
using PhucThuan.Hosting.Apps;

namespace PhucThuan.Hosting.Workers;

/// <summary>Arguments that a worker is started with.</summary>
/// <param name="Host">Address for the event stream.</param>
/// <param name="PublicAddress">Address at which clients call the functions.</param>
internal sealed record WorkerArguments(FunctionApp App, Uri Host, string WorkerId, Uri PublicAddress)
{
    private const int MaxMessageLength = int.MaxValue;

    private readonly string _requestId = Guid.NewGuid().ToString();

    private static string MaxMessage => MaxMessageLength.ToString(CultureInfo.InvariantCulture);

    /// <summary>Command line with the short names for older workers and the long names for newer ones.</summary>
    public string[] CommandLine() =>
    [
        "--host", Host.Host,
        "--port", Host.Port.ToString(CultureInfo.InvariantCulture),
        "--workerId", WorkerId,
        "--requestId", _requestId,
        "--grpcMaxMessageLength", MaxMessage,
        "--functions-uri", Host.AbsoluteUri,
        "--functions-worker-id", WorkerId,
        "--functions-request-id", _requestId,
        "--functions-grpc-max-message-length", MaxMessage,
    ];

    /// <summary>
    /// The same arguments as configuration keys, because environment variables would apply to all workers of a process.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string?>> Configuration() =>
    [
        new("Functions:Worker:HostEndpoint", Host.AbsoluteUri),
        new("Functions:Worker:WorkerId", WorkerId),
        new("Functions:Worker:RequestId", _requestId),
        new("Functions:Worker:GrpcMaxMessageLength", MaxMessage),
    ];
}
