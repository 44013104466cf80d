using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PhucThuan.Tests.Attacks;

/// <summary>
/// XSS vectors from public collections (including the OWASP filter evasion and HTML5 security cheat sheets), and
/// further vectors in <c>attacks.txt</c>.
/// </summary>
internal static class AttackVectors
{
    /// <returns>The content of one file for each vector; some are invalid UTF-8.</returns>
    public static async Task<IReadOnlyList<byte[]>> AllAsync(CancellationToken cancellationToken)
    {
        // MIT licence. Only the section between two headings.
        var naughty = await LinesAsync("blns/resources/blns.txt", cancellationToken);
        var scripts = naughty.SkipWhile(line => !line.StartsWith("#\tScript Injection", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("#\tSQL Injection", StringComparison.Ordinal))
            .Where(line => !line.StartsWith('#'));

        // BSD licence (3 clauses). The file is the seed of a fuzzer.
        var seeds = await LinesAsync("xss-filters/tests/fuzz/bin/seed.xss", cancellationToken);

        var ours = await File.ReadAllLinesAsync(
            Path.Combine(BrowserPackages.TestFolder, "Attacks", "attacks.txt"),
            cancellationToken);
        var lines = scripts.Concat(seeds).Concat(ours.Where(line => !line.StartsWith("# ", StringComparison.Ordinal)));
        return
        [
            .. lines.Where(line => line.Length > 0).Distinct().Select(Decode),
            .. await FixturesAsync(cancellationToken),
        ];
    }

    /// <summary>
    /// Test data of DOMPurify (Apache licence 2.0), including 135 vectors of html5sec.org. This is the last version
    /// whose package contains them; no other part of it is used.
    /// </summary>
    private static async Task<IEnumerable<byte[]>> FixturesAsync(CancellationToken cancellationToken)
    {
        var module = await File.ReadAllTextAsync(
            await BrowserPackages.LocateAsync("dompurify/test/fixtures/expect.js", cancellationToken),
            cancellationToken);
        var json = module[module.IndexOf('[', StringComparison.Ordinal)..(module.LastIndexOf(']') + 1)];
        using var fixtures = JsonDocument.Parse(json);
        return
        [
            .. fixtures
                .RootElement.EnumerateArray()
                .Select(fixture => Encoding.UTF8.GetBytes(fixture.GetProperty("payload").GetString()!)),
        ];
    }

    private static async Task<string[]> LinesAsync(string file, CancellationToken cancellationToken) =>
        await File.ReadAllLinesAsync(await BrowserPackages.LocateAsync(file, cancellationToken), cancellationToken);

    /// <summary>Decodes the notation <c>\x0C</c> for a byte.</summary>
    private static byte[] Decode(string line)
    {
        var bytes = new List<byte>();
        for (var rest = line.AsSpan(); rest.Length > 0;)
        {
            if (
                rest is ['\\', 'x', _, _, ..]
                && byte.TryParse(
                    rest[2..4],
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var value))
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
