using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PhucThuan.LocalHost;

/// <summary>Storage, articles, web server: started in this order, ended in the other.</summary>
public static class LocalHostRunner
{
    public static async Task<int> RunAsync(LocalHostOptions options, string[] args, CancellationToken cancellationToken)
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
        await using var app = LocalHostApp.Build(azurite?.ConnectionString ?? options.Storage!, options.Port, args);
        var folder = new ArticleFolder(
            options.Articles ?? new DirectoryInfo(LocalHostCommand.Folder("Samples")), app.Services);
        await PublishAsync(folder, options, app.Services, cancellationToken);
        await StartAsync(app, options.Port, cancellationToken);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        var following = options.Articles is null
            ? Task.CompletedTask
            : folder.FollowAsync(deletes: options.Storage is null, ending.Token);
        try
        {
            await WaitForEndAsync(app, azurite, cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
            await following;
        }

        return 0;
    }

    private static async Task WaitForEndAsync(WebApplication app, AzuriteServer? azurite, CancellationToken cancellationToken)
    {
        var shutdown = app.WaitForShutdownAsync(cancellationToken);
        if (azurite is not null && await Task.WhenAny(shutdown, azurite.Ended) != shutdown)
        {
            throw new LocalHostException("The storage emulator has ended; start LocalHost again.");
        }

        await shutdown;
    }

    /// <summary>Asked before anything is started, so that the answer comes at once and nothing has to be undone.</summary>
    private static void RequireFreePort(int port)
    {
        using var probe = new TcpListener(System.Net.IPAddress.Loopback, port);
        try
        {
            probe.Start();
        }
        catch (SocketException inUse)
        {
            throw PortInUse(port, inUse);
        }
    }

    private static async Task PublishAsync(
        ArticleFolder folder, LocalHostOptions options, IServiceProvider services, CancellationToken cancellationToken)
    {
        var storage = services.GetRequiredService<LocalStorage>();
        await storage.CreateAsync(cancellationToken);
        if (options.Storage is null)
        {
            // The emulator's store is ours: it shows what the folder holds and nothing that was there before.
            await folder.MirrorAsync(cancellationToken);
        }
        else if (options.Articles is not null || await storage.HasNoArticleAsync(cancellationToken))
        {
            await folder.UploadAsync(cancellationToken);
        }
    }

    private static async Task StartAsync(WebApplication app, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException inUse) when (inUse.InnerException is AddressInUseException)
        {
            throw PortInUse(port, inUse);
        }

        var address = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        Console.WriteLine($"Ready: {address}/");
    }

    private static LocalHostException PortInUse(int port, Exception inner) =>
        new($"Port {port} is in use: end the program that has it, or choose another with --port.", inner);
}
