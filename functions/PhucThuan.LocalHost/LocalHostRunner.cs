using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhucThuan.Hosting;

namespace PhucThuan.LocalHost;

/// <summary>Starts storage, articles and function app in this order, and stops them in reverse.</summary>
public static class LocalHostRunner
{
    public static async Task<int> RunAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        if (options.Articles is { Exists: false } missing)
        {
            throw new LocalHostException($"--articles must be a folder: {missing.FullName} "
                + (File.Exists(missing.FullName) ? "is a file." : "does not exist."));
        }

        RequireFreePort(options.Port);
        await using var azurite = options.Storage is null
            ? await AzuriteServer.StartAsync(options.Data, cancellationToken)
            : null;
        var connection = azurite?.ConnectionString ?? options.Storage!;
        await using var services = PortalStorage.Connect(connection);
        var folder = new ArticleFolder(
            options.Articles ?? new DirectoryInfo(LocalHostCommand.Folder("Samples")),
            services);
        await PublishAsync(folder, options, services, cancellationToken);
        await using var host = await StartAsync(options, connection, cancellationToken);
        Console.WriteLine($"Ready: {host.BaseAddress}");

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = services.GetRequiredService<EditorsLink>().ShowAsync(host.BaseAddress, ending.Token);
        var following = options.Articles is null
            ? Task.CompletedTask
            : folder.FollowAsync(deletes: options.Storage is null, ending.Token);
        try
        {
            await WaitForEndAsync(azurite, cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(following, showing);
        }

        return 0;
    }

    private static async Task WaitForEndAsync(AzuriteServer? azurite, CancellationToken cancellationToken)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => interrupted.TrySetResult());
        if (azurite is not null && await Task.WhenAny(interrupted.Task, azurite.Ended) != interrupted.Task)
        {
            throw new LocalHostException("The storage emulator has exited; start LocalHost again.");
        }

        await interrupted.Task;
    }

    /// <summary>Checked before anything starts, so that the error is immediate and nothing has to be undone.</summary>
    private static void RequireFreePort(int port)
    {
        using var probe = new TcpListener(System.Net.IPAddress.Loopback, port);
        try
        {
            probe.Start();
        }
        catch (SocketException inUse)
        {
            throw new LocalHostException(
                $"Port {port} is in use: end the program that has it, or choose another with --port.", inUse);
        }
    }

    private static async Task PublishAsync(
        ArticleFolder folder, LocalHostOptions options, IServiceProvider services, CancellationToken cancellationToken)
    {
        var storage = services.GetRequiredService<LocalStorage>();
        await storage.CreateAsync(cancellationToken);
        if (options.Storage is null)
        {
            // The emulator's data belong to LocalHost: blobs of an earlier run that are not in the folder are deleted.
            await folder.MirrorAsync(cancellationToken);
        }
        else if (options.Articles is not null || await storage.HasNoArticleAsync(cancellationToken))
        {
            await folder.UploadAsync(cancellationToken);
        }
    }

    private static async Task<FunctionsHost> StartAsync(
        LocalHostOptions options, string connection, CancellationToken cancellationToken)
    {
        try
        {
            return await FunctionsHost.StartAsync(
                LocalHostCommand.Folder("Functions"),
                new FunctionsHostOptions
                {
                    Port = options.Port,
                    Settings = Settings(options, connection),
                    AddressSetting = "Site__Address",
                    FunctionKey = Environment.GetEnvironmentVariable("FunctionKey"),
                    OnLog = Show,
                },
                cancellationToken);
        }
        catch (FunctionsHostException failure)
        {
            throw new LocalHostException(failure.Message, failure);
        }
    }

    private static Dictionary<string, string?> Settings(LocalHostOptions options, string connection)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage__ConnectionString"] = connection,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.AspNetCore.DataProtection"] = "Error",
        };
        foreach (var (name, value) in SampleSettings.Values)
        {
            // Environment variables take precedence.
            if (options.Articles is null && Environment.GetEnvironmentVariable(name) is null)
            {
                settings[name] = value;
            }
        }

        if (options.Articles is not null)
        {
            // A saved file is visible at the next request.
            settings["Articles__FreshSeconds"] = "0";
            settings["Site__ReloadsOnSave"] = "true";
        }

        return settings;
    }

    /// <summary>Prints warnings and errors only; the worker's standard output does not concern editors.</summary>
    private static void Show(LogEntry entry)
    {
        if (entry.Level >= LogLevel.Warning)
        {
            var level = entry.Level.ToString().ToLowerInvariant();
            Console.Error.WriteLine($"{level}: {entry.Category}: {entry.Message} {entry.Exception}".TrimEnd());
        }
    }
}
