using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using PhucThuan.Hosting.Apps;

namespace PhucThuan.Hosting.Rpc;

/// <summary>The host's end of a worker's event stream. Pending calls fail when the stream breaks.</summary>
internal sealed class WorkerChannel(FunctionApp app, HostLog log)
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StatusResult>> _waiting = new();
    private readonly TaskCompletionSource _opened = New<TaskCompletionSource>();
    private readonly TaskCompletionSource<WorkerInitResponse> _initialised = New<
        TaskCompletionSource<WorkerInitResponse>
    >();
    private readonly TaskCompletionSource _closed = New<TaskCompletionSource>();

    /// <summary>Completes when the stream ends; never faults.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Processes messages until the worker or the host ends the stream.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming,
        IAsyncStreamWriter<StreamingMessage> outgoing,
        CancellationToken cancellationToken)
    {
        _opened.TrySetResult();
        var sending = SendAsync(outgoing, cancellationToken);
        try
        {
            while (await incoming.MoveNext(cancellationToken))
            {
                Receive(incoming.Current);
            }
        }
        catch (Exception broken)
            when (broken
                    is IOException
                        or OperationCanceledException
                        or Grpc.Core.RpcException
                        or InvalidOperationException)
        {
            // The worker was killed, or the host stops.
        }
        finally
        {
            Close();
            await sending;
        }
    }

    /// <summary>Fails pending calls; also called when the worker process has exited.</summary>
    public void Close()
    {
        _closed.TrySetResult();
        _outgoing.Writer.TryComplete();
        _initialised.TrySetException(Lost());
        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetResult(LostResult());
        }
    }

    /// <summary>Loads all functions. Returns the worker's capabilities.</summary>
    /// <exception cref="FunctionsHostException">The worker refused, or has exited.</exception>
    public async Task<IDictionary<string, string>> InitialiseAsync(CancellationToken cancellationToken)
    {
        await _opened.Task.WaitAsync(cancellationToken);
        Send(
            new()
            {
                WorkerInitRequest = new()
                {
                    HostVersion = "4",
                    FunctionAppDirectory = app.Folder,
                    WorkerDirectory = app.Folder,
                },
            });
        var initialised = await _initialised.Task.WaitAsync(cancellationToken);
        Require(initialised.Result, "The worker cannot be initialised");
        var loads = app.Functions.Select(function => (function.Name, Loading: LoadAsync(function))).ToList();
        foreach (var (name, loading) in loads)
        {
            Require(await loading.WaitAsync(cancellationToken), $"Function {name} cannot be loaded");
        }

        return initialised.Capabilities;
    }

    /// <summary>Invokes a function. Fails also when the worker exits before it responds.</summary>
    public Task<StatusResult> InvokeAsync(InvocationRequest request) =>
        RequestAsync(request.InvocationId, new() { InvocationRequest = request });

    public void Cancel(string invocationId) => Send(new() { InvocationCancel = new() { InvocationId = invocationId } });

    /// <summary>Requests a graceful shutdown.</summary>
    public void Terminate(TimeSpan gracePeriod) =>
        Send(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(gracePeriod) } });

    private static T New<T>()
        where T : class => (T)Activator.CreateInstance(typeof(T), TaskCreationOptions.RunContinuationsAsynchronously)!;

    private static FunctionsHostException Lost() => new("The worker has exited.");

    private static StatusResult LostResult() =>
        new() { Status = StatusResult.Types.Status.Failure, Result = Lost().Message };

    private static void Require(StatusResult result, string sentence)
    {
        if (Invocation.DescribeFailure(result) is { } failure)
        {
            throw new FunctionsHostException($"{sentence}: {failure}");
        }
    }

    private Task<StatusResult> LoadAsync(Function function)
    {
        var metadata = new RpcFunctionMetadata
        {
            FunctionId = function.Id,
            Name = function.Name,
            Directory = app.Folder,
            ScriptFile = function.ScriptFile,
            EntryPoint = function.EntryPoint,
            Language = function.Language,
        };
        foreach (var binding in function.Bindings)
        {
            metadata.RawBindings.Add(binding.Json.GetRawText());
            metadata.Bindings[binding.Name] = new BindingInfo
            {
                Type = binding.Type,
                Direction = System.Enum.Parse<BindingInfo.Types.Direction>(binding.Direction, ignoreCase: true),
                DataType = System.Enum.Parse<BindingInfo.Types.DataType>(
                    binding.DataType ?? "Undefined",
                    ignoreCase: true),
            };
        }

        return RequestAsync(
            function.Id,
            new()
            {
                FunctionLoadRequest = new() { FunctionId = function.Id, Metadata = metadata },
            });
    }

    private async Task<StatusResult> RequestAsync(string id, StreamingMessage message)
    {
        var response = New<TaskCompletionSource<StatusResult>>();
        _waiting[id] = response;
        try
        {
            Send(message);

            // The stream was closed before this call was added to the pending ones.
            return Closed.IsCompleted ? LostResult() : await response.Task;
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    private void Send(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        _outgoing.Writer.TryWrite(message);
    }

    private async Task SendAsync(IAsyncStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await outgoing.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception broken)
            when (broken
                    is IOException
                        or OperationCanceledException
                        or Grpc.Core.RpcException
                        or InvalidOperationException)
        {
            // The reading side sees the same failure and closes.
        }
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                _initialised.TrySetResult(message.WorkerInitResponse);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                Answer(message.FunctionLoadResponse.FunctionId, message.FunctionLoadResponse.Result);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                Answer(message.InvocationResponse.InvocationId, message.InvocationResponse.Result);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                log.Write(Read(message.RpcLog));
                break;
        }
    }

    private void Answer(string id, StatusResult result)
    {
        if (_waiting.TryGetValue(id, out var waiting))
        {
            waiting.TrySetResult(result);
        }
    }

    private static LogEntry Read(RpcLog entry) => new(
        (LogLevel)entry.Level,
        entry.Category,
        entry.Message,
        entry.Exception is { } exception ? $"{exception.Message}{Environment.NewLine}{exception.StackTrace}" : null);
}
