using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PhucThuan.Portal.Articles.Characters;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>
/// Order and spelling of the categories, from <c>categories.csv</c> in container <c>articles</c>: one name per line, as
/// saved by Excel or Notepad.
/// </summary>
public sealed partial class CategoriesFile(BlobServiceClient blobs)
{
    public const string BlobName = "categories.csv";

    private const int MaxLength = 64 * 1024;

    private const int MaxNames = 500;

    // Folded headings that are skipped in the first line.
    private static readonly string[] Headings = ["chuyen muc", "ten chuyen muc", "category", "categories", "ten"];

    private readonly BlobClient _blob = blobs.GetBlobContainerClient(ArticleReader.ContainerName)
        .GetBlobClient(BlobName);

    /// <summary>Empty without a file.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var start = new BlobDownloadOptions { Range = new HttpRange(0, MaxLength) };
            var file = await _blob.DownloadContentAsync(start, cancellationToken);
            return Parse(file.Value.Content);
        }
        // 416 for an empty file.
        catch (RequestFailedException missing) when (missing.Status is 404 or 416)
        {
            return [];
        }
    }

    internal static IReadOnlyList<string> Parse(BinaryData file) =>
    [
        .. ArticleText.Decode(file.ToMemory().Span).Split('\n')
            .Select(line => FirstField().Match(line))
            .Select(match => PlainText.OneLine(match.Groups["quoted"].Success
                ? match.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)
                : match.Groups["plain"].Value))
            .OfType<string>()
            .SkipWhile(name => Headings.Contains(VietnameseText.Fold(name)))
            .Where(name => Slug.FromText(name) is not null)
            .DistinctBy(Slug.FromText)
            .Take(MaxNames),
    ];

    // A comma followed by a space is part of the name (Văn hóa, xã hội); any other comma ends the field.
    [GeneratedRegex(
        "^\\s*(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<plain>(?:[^;,\\t]|,(?= ))*))",
        RegexOptions.CultureInvariant)]
    private static partial Regex FirstField();
}
