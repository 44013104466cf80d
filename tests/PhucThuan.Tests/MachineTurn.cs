using System.Security.Cryptography;
using System.Text;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests;

/// <summary>
/// Keeps apart what needs the machine for itself: the browser tests, whose pages must answer in time, and the run of
/// faults with its many processes. One <c>dotnet test</c> runs the assemblies of tests side by side.
/// </summary>
internal static class MachineTurn
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>To be disposed of when the turn is over; it is over as well when the process ends.</summary>
    public static async Task<FileStream> WaitAsync(CancellationToken cancellationToken)
    {
        var checkout = SHA256.HashData(Encoding.UTF8.GetBytes(LocalHostCommand.Folder("Azurite")));
        var path = Path.Combine(Path.GetTempPath(), $"phucthuan-tests-{Convert.ToHexStringLower(checkout)[..16]}.lock");
        while (true)
        {
            try
            {
                // The empty file stays: were it deleted, one could lock the deleted file, another the next.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
