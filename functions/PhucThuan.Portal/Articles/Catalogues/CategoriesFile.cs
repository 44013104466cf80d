using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PhucThuan.Portal.Articles.Characters;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>
/// The order of the categories, from <c>categories.csv</c> in container <c>articles</c>: a category's name in each
/// line, as Excel or Notepad saves it. The spelling there is the category's name on the portal.
/// </summary>
public sealed partial class CategoriesFile(BlobServiceClient blobs)
{
    public const string BlobName = "categories.csv";

    private const int MaxLength = 64 * 1024;

    private const int MaxNames = 500;

    // What the first line of a table may say.
    private static readonly string[] Headings = ["chuyen muc", "ten chuyen muc", "category", "categories", "ten"];

    private readonly BlobClient _blob = blobs.GetBlobContainerClient(ArticleReader.ContainerName)
        .GetBlobClient(BlobName);

    /// <summary>Empty when there is no file.</summary>
    /// <exception cref="RequestFailedException">Storage did not answer, or refused.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var start = new BlobDownloadOptions { Range = new HttpRange(0, MaxLength) };
            var file = await _blob.DownloadContentAsync(start, cancellationToken);
            return Parse(file.Value.Content);
        }
        // An empty file has no range.
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

    // A comma before a space belongs to the name (Văn hóa, xã hội); one before anything else ends the field.
    [GeneratedRegex(
        "^\\s*(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<plain>(?:[^;,\\t]|,(?= ))*))",
        RegexOptions.CultureInvariant)]
    private static partial Regex FirstField();
}
