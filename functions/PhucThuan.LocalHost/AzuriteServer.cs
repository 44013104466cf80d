using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace PhucThuan.LocalHost;

/// <summary>An Azurite process on free loopback ports. It exits with this process, even after <c>kill -9</c>.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private const string AccountName = "phucthuan";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly FileStream? _lock;

    private AzuriteServer(Process process, FileStream? dataLock, IReadOnlyList<string> connectionStrings)
    {
        _process = process;
        _lock = dataLock;
        ConnectionStrings = connectionStrings;
    }

    /// <summary>The connection string of the first account.</summary>
    public string ConnectionString => ConnectionStrings[0];

    /// <summary>One connection string for each storage account.</summary>
    public IReadOnlyList<string> ConnectionStrings { get; }

    /// <summary>Completes when Azurite exits, gracefully or not.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <param name="data">
    /// Data folder; created when missing, and locked against a second Azurite. Null: data in memory, lost when Azurite
    /// stops.
    /// </param>
    /// <param name="former">Connection string of a stopped Azurite, to reuse its ports and key.</param>
    /// <param name="accounts">Number of storage accounts; they share only the key.</param>
    /// <exception cref="LocalHostException">
    /// Node.js or the package is missing, the folder is in use, or the start failed.
    /// </exception>
    public static async Task<AzuriteServer> StartAsync(
        DirectoryInfo? data, CancellationToken cancellationToken, string? former = null, int accounts = 1)
    {
        var names = Enumerable.Range(0, accounts).Select(AccountNameOf).ToList();
        var dataLock = data is null ? null : Lock(data);
        Process? process = null;
        try
        {
            var folder = await AzuritePackage.EnsureInstalledAsync(cancellationToken);

            // A random key for each start, so that no file contains one.
            var key = ValueOf(former, "AccountKey") ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            var pairs = string.Join(';', names.Select(name => $"{name}:{key}"));
            process = Launch(folder, data, pairs, PortOf(former, "BlobEndpoint"), PortOf(former, "TableEndpoint"));
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(StartLimit);
            var (blob, table) = await ReadEndpointsAsync(process, limit.Token);
            return new AzuriteServer(
                process,
                dataLock,
                [.. names.Select(name =>
                    $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={key};"
                    + $"BlobEndpoint={blob}/{name};TableEndpoint={table}/{name}")]);
        }
        catch
        {
            process?.Kill();
            process?.Dispose();
            await (dataLock?.DisposeAsync() ?? default);
            throw;
        }
    }

    /// <summary>Stops Azurite gracefully, so that it writes all data to disk.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        await (_lock?.DisposeAsync() ?? default);
    }

    private static string AccountNameOf(int index) =>
        index == 0 ? AccountName : string.Create(CultureInfo.InvariantCulture, $"{AccountName}{index}");

    private static string? ValueOf(string? connectionString, string name) => connectionString?.Split(';')
        .Select(pair => pair.Split('=', 2))
        .FirstOrDefault(pair => pair[0] == name)?[1];

    /// <summary>Port of the former endpoint; 0 for a free port.</summary>
    private static int PortOf(string? connectionString, string endpoint) =>
        ValueOf(connectionString, endpoint) is { } address ? new Uri(address).Port : 0;

    private static FileStream Lock(DirectoryInfo data)
    {
        try
        {
            data.Create();
            return new FileStream(
                Path.Combine(data.FullName, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.Write,
                FileShare.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException(
                $"The data folder {data.FullName} cannot be used ({failure.Message}): end the LocalHost that uses it,"
                    + " or choose another with --data.",
                failure);
        }
    }

    private static Process Launch(string folder, DirectoryInfo? data, string accounts, int blobPort, int tablePort)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = accounts },
        };
        string[] persistence = data is null ? ["--inMemoryPersistence"] : ["--location", data.FullName];
        foreach (var argument in (string[])
        [
            "run.js", .. persistence, "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobHost", "127.0.0.1", "--blobPort", $"{blobPort}",
            "--queueHost", "127.0.0.1", "--queuePort", "0",
            "--tableHost", "127.0.0.1", "--tablePort", $"{tablePort}",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<(string Blob, string Table)> ReadEndpointsAsync(
        Process process,
        CancellationToken cancellationToken)
    {
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string? blob = null, table = null;
        while (blob is null || table is null)
        {
            if (await process.StandardOutput.ReadLineAsync(cancellationToken) is not { } line)
            {
                throw new LocalHostException($"Azurite did not start: {(await errors).Trim()}");
            }

            var match = Listening().Match(line);
            blob = match.Groups[1].Value == "Blob" ? match.Groups[2].Value : blob;
            table = match.Groups[1].Value == "Table" ? match.Groups[2].Value : table;
        }

        // Keep reading: a full pipe would block Azurite.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return (blob, table);
    }

    [GeneratedRegex(@"^Azurite (Blob|Table) service is successfully listening at (http://\S+?)/?$")]
    private static partial Regex Listening();
}
