using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Editors.Inspections;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Editors;

/// <summary>Reports the state of every file in the editors' containers.</summary>
public sealed partial class DeskReader(
    BlobServiceClient blobs, ArticleReader reader, EditorsKey key, TimeProvider clock, ILogger<DeskReader> logger)
{
    /// <summary>Maximum number of files per container.</summary>
    private const int MaxListed = 100_000;

    /// <summary>Maximum time that the desk waits for files to be read.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(8);

    private readonly BlobContainerClient _articles = blobs.GetBlobContainerClient(ArticleReader.ContainerName);
    private readonly BlobContainerClient _media = blobs.GetBlobContainerClient(MediaFiles.ContainerName);
    private readonly BlobContainerClient _drafts = blobs.GetBlobContainerClient(Drafts.ContainerName);
    private readonly FileInspections _inspections = new(reader);
    private readonly PictureInspections _pictures = new(blobs.GetBlobContainerClient(MediaFiles.ContainerName));
    private readonly ConcurrentDictionary<(string Container, string Name, string Text), bool> _logged = new();

    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public async Task<DeskReport> ReadAsync(CancellationToken cancellationToken)
    {
        var articles = await ListAsync(_articles, cancellationToken);
        var media = await ListAsync(_media, cancellationToken);
        var drafts = (await ListAsync(_drafts, cancellationToken)).Where(file => file.Name != EditorsKey.BlobName)
            .ToList();
        try
        {
            var files = articles.Select(file => (_articles, file)).Concat(drafts.Select(file => (_drafts, file)))
                .ToList();
            var pictures = _pictures.RunAsync(media, cancellationToken);
            await Task.WhenAll(_inspections.RunAsync(files), pictures).WaitAsync(WaitLimit, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Reading continues; the report counts the remaining files.
        }

        var now = clock.GetUtcNow();
        var judge = new FileJudge(_inspections, articles, media, now);
        var judged = articles.Select(judge.JudgeArticle).Concat(
                media.Select(file => FileJudge.JudgeMedia(file, _pictures.Find(file)))).ToList();
        foreach (var draft in drafts)
        {
            var draftKey = await key.DeriveAsync(draft.Name, cancellationToken);
            judged.Add(judge.JudgeDraft(draft, draftKey is null ? null : DeskPaths.Draft(draftKey, draft.Name)));
        }

        LogOnce(judged);
        return new(
            now,
            [
                .. judged.OrderByDescending(file => file.IsSerious)
                    .ThenByDescending(file => file.Problems.Count > 0)
                    .ThenByDescending(file => file.Modified)
                    .ThenBy(file => file.Name, StringComparer.Ordinal),
            ],
            judged.Count(file => file.State == FileState.Unchecked));
    }

    private static async Task<IReadOnlyList<ListedFile>> ListAsync(
        BlobContainerClient container, CancellationToken cancellationToken) =>
        await container.GetBlobsAsync(new GetBlobsOptions(), cancellationToken)
            .Take(MaxListed)
            .Select(blob => ListedFile.Of(container.Name, blob))
            .ToListAsync(cancellationToken);

    private void LogOnce(List<DeskFile> files)
    {
        foreach (var file in files)
        {
            foreach (var problem in file.Problems.Where(problem => problem.Severity == Severity.Problem))
            {
                if (_logged.Count < MaxListed && _logged.TryAdd((file.Container, file.Name, problem.Text), true))
                {
                    Log.Problem(logger, file.Container, file.Name, problem.Text);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Editors' desk: {Container}/{Name}: {Problem}")]
        public static partial void Problem(ILogger logger, string container, string name, string problem);
    }
}
