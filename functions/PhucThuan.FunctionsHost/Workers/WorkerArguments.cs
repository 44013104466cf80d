using System.Globalization;
using PhucThuan.Hosting.Apps;

namespace PhucThuan.Hosting.Workers;

/// <summary>What a worker has to know of its host.</summary>
/// <param name="Host">Where it opens its event stream.</param>
/// <param name="PublicAddress">Where readers reach the functions.</param>
internal sealed record WorkerArguments(FunctionApp App, Uri Host, string WorkerId, Uri PublicAddress)
{
    private const int MaxMessageLength = int.MaxValue;

    private readonly string _requestId = Guid.NewGuid().ToString();

    private static string MaxMessage => MaxMessageLength.ToString(CultureInfo.InvariantCulture);

    /// <summary>The command line: older workers know the short names, newer ones the long.</summary>
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

    /// <summary>The same as configuration, which is of one worker where environment variables are of a process.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Configuration() =>
    [
        new("Functions:Worker:HostEndpoint", Host.AbsoluteUri),
        new("Functions:Worker:WorkerId", WorkerId),
        new("Functions:Worker:RequestId", _requestId),
        new("Functions:Worker:GrpcMaxMessageLength", MaxMessage),
    ];
}
