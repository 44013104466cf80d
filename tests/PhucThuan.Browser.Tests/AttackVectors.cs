using System.Globalization;
using System.Text;

namespace PhucThuan.Tests;

/// <summary>
/// Attacks on sanitisers: those that others collected, OWASP's filter evasion cheat sheet among them, and our own for
/// what those collections lack.
/// </summary>
internal static class AttackVectors
{
    /// <summary>Each is the content of a file as an editor might upload it, in bytes: some are no valid UTF-8.</summary>
    public static async Task<IReadOnlyList<byte[]>> AllAsync(CancellationToken cancellationToken)
    {
        // MIT licence; the part of the list between two headings.
        var naughty = await LinesAsync("blns/resources/blns.txt", cancellationToken);
        var scripts = naughty.SkipWhile(line => !line.StartsWith("#\tScript Injection", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("#\tSQL Injection", StringComparison.Ordinal))
            .Where(line => !line.StartsWith('#'));

        // BSD licence (3 clauses). The file is the seed of a fuzzer.
        var seeds = await LinesAsync("xss-filters/tests/fuzz/bin/seed.xss", cancellationToken);

        var ours = await File.ReadAllLinesAsync(Path.Combine(BrowserPackages.TestFolder, "attacks.txt"), cancellationToken);
        return [.. scripts.Concat(seeds).Concat(ours.Where(line => !line.StartsWith("# ", StringComparison.Ordinal)))
            .Where(line => line.Length > 0).Distinct().Select(Decode)];
    }

    private static async Task<string[]> LinesAsync(string file, CancellationToken cancellationToken) =>
        await File.ReadAllLinesAsync(await BrowserPackages.LocateAsync(file, cancellationToken), cancellationToken);

    /// <summary>The collections write a byte as <c>\x0C</c>.</summary>
    private static byte[] Decode(string line)
    {
        var bytes = new List<byte>();
        for (var rest = line.AsSpan(); rest.Length > 0;)
        {
            if (rest is ['\\', 'x', _, _, ..]
                && byte.TryParse(rest[2..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                rest = rest[4..];
                continue;
            }

            var length = char.IsSurrogatePair(rest[0], rest.Length > 1 ? rest[1] : ' ') ? 2 : 1;
            bytes.AddRange(Encoding.UTF8.GetBytes(rest[..length].ToArray()));
            rest = rest[length..];
        }

        return [.. bytes];
    }
}
