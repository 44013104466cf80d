using PhucThuan.LocalHost;

[assembly: AssemblyFixture(typeof(PhucThuan.Tests.SharedAzurite))]

namespace PhucThuan.Tests;

/// <summary>
/// The Azurite process of a test assembly, started by the first test that needs storage and stopped after the last
/// test. Every <see cref="AzuriteFixture"/> takes an unused account, so that test classes share no data.
/// </summary>
public sealed class SharedAzurite : IAsyncDisposable
{
    /// <summary>More than the number of fixtures. An account is one entry in an environment variable.</summary>
    private const int Accounts = 256;

    private static readonly Lazy<Task<AzuriteServer>> Server = new(
        () => AzuriteServer.StartAsync(data: null, CancellationToken.None, accounts: Accounts));

    private static int _taken;

    /// <returns>The connection string of an account that no other fixture uses.</returns>
    public static async Task<string> TakeAccountAsync()
    {
        var server = await Server.Value;
        return server.ConnectionStrings[Interlocked.Increment(ref _taken) - 1];
    }

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
        {
            await (await Server.Value).DisposeAsync();
        }
    }
}
