using System.Security.Cryptography;
using System.Text;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests;

/// <summary>
/// A lock between the test assemblies of a checkout, which <c>dotnet test</c> runs in parallel: the browser tests and
/// the fault run, each with many processes, never run at the same time.
/// </summary>
internal static class MachineTurn
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <returns>The lock; released by disposal or by the end of the process.</returns>
    public static async Task<FileStream> WaitAsync(CancellationToken cancellationToken)
    {
        var checkout = SHA256.HashData(Encoding.UTF8.GetBytes(LocalHostCommand.Folder("Azurite")));
        var path = Path.Combine(Path.GetTempPath(), $"phucthuan-tests-{Convert.ToHexStringLower(checkout)[..16]}.lock");
        while (true)
        {
            try
            {
                // The file is not deleted: one process could lock the deleted file, another one its successor.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
