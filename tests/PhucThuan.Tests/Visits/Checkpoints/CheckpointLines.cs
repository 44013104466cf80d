using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using PhucThuan.Portal.Visits.Checkpoints;

namespace PhucThuan.Tests.Visits.Checkpoints;

/// <summary>The lines of the stored checkpoint log, and the chain of their hashes.</summary>
internal static class CheckpointLines
{
    public static async Task<List<string>> ReadAsync(BlobContainerClient container, CancellationToken cancellationToken)
    {
        var content = await container.GetAppendBlobClient(CheckpointLog.BlobName)
            .DownloadContentAsync(cancellationToken);
        var text = content.Value.Content.ToString();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return [.. text.Split('\n')[..^1]];
    }

    public static Checkpoint Parse(string line) => Checkpoint.Parse(Encoding.UTF8.GetBytes(line));

    public static string HashOf(string line) => Checkpoint.HashOf(Encoding.UTF8.GetBytes(line));

    /// <summary>Asserts that each line has the hash of the previous one and the day after it.</summary>
    public static void AssertChained(List<string> lines)
    {
        Assert.Null(Parse(lines[0]).Previous);
        for (var number = 1; number < lines.Count; number++)
        {
            Assert.Equal(HashOf(lines[number - 1]), Parse(lines[number]).Previous);
            Assert.Equal(Parse(lines[number - 1]).Day.AddDays(1), Parse(lines[number]).Day);
        }
    }
}
