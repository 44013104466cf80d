using System.CommandLine;
using System.Net.Http.Json;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Checkpoints;

namespace PhucThuan.LocalHost.Verification;

/// <summary>
/// <c>verify ADDRESS [--kept FILE]</c>: verifies the visit numbers of a portal with its public API only. Exit code 0
/// when everything agrees, 1 for a discrepancy, 2 when the portal or the file cannot be read.
/// </summary>
public static class VerifyCommand
{
    /// <summary>Maximum number of days in one response of <c>/api/statistics.json</c>.</summary>
    private const int MaxDays = 366;

    private const int Disagrees = 1;
    private const int Unknown = 2;

    /// <summary>Timeout per request; a year of a large portal takes less.</summary>
    private static readonly TimeSpan RequestLimit = TimeSpan.FromMinutes(5);

    public static Command Create()
    {
        var address = new Argument<Uri>("ADDRESS")
        {
            Description = "The portal, such as https://phucthuan.example.vn",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                {
                    return uri;
                }

                result.AddError($"ADDRESS is '{text}'; allowed is an address that begins with https:// or http://.");
                return null;
            },
        };
        var kept = new Option<FileInfo?>("--kept")
        {
            Description = "File with lines of /api/checkpoints.jsonl that were saved on an earlier day.",
            HelpName = "FILE",
        };
        var command = new Command("verify", "Checks the visit numbers of a portal with its checkpoints.")
        {
            address,
            kept,
        };
        command.SetAction(
            (arguments, cancellationToken) =>
                RunAsync(
                    arguments.GetValue(address)!,
                    arguments.GetValue(kept),
                    Console.Out,
                    Console.Error,
                    cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(
        Uri portal, FileInfo? kept, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = portal, Timeout = RequestLimit };
        try
        {
            var file = await client.GetByteArrayAsync(
                new Uri(CheckpointEndpoint.Path, UriKind.Relative),
                cancellationToken);
            var audit = new CheckpointAudit(file);
            if (kept is not null)
            {
                audit.CheckKept(await File.ReadAllBytesAsync(kept.FullName, cancellationToken));
            }

            await CheckPublishedAsync(client, audit, output, cancellationToken);
            return await ReportAsync(audit, output, errors);
        }
        catch (HttpRequestException failure)
        {
            await errors.WriteLineAsync($"{portal} cannot be asked: {failure.Message}");
        }
        catch (IOException failure)
        {
            await errors.WriteLineAsync($"{kept} cannot be read: {failure.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"{portal} did not respond within {RequestLimit.TotalMinutes} minutes.");
        }

        return Unknown;
    }

    private static async Task CheckPublishedAsync(
        HttpClient client, CheckpointAudit audit, TextWriter output, CancellationToken cancellationToken)
    {
        if (audit.Checkpoints.Count == 0)
        {
            return;
        }

        var last = audit.Checkpoints[^1].Day;
        for (var first = audit.Checkpoints[0].Day; first <= last; first = first.AddDays(MaxDays))
        {
            var end = first.AddDays(MaxDays - 1) < last ? first.AddDays(MaxDays - 1) : last;
            await output.WriteLineAsync(
                $"Comparing {VietnamTime.FormatIso(first)} to {VietnamTime.FormatIso(end)} with the statistics …");
            var days = $"from={VietnamTime.FormatIso(first)}&to={VietnamTime.FormatIso(end)}";
            var published = await client.GetFromJsonAsync<PublishedStatistics>(
                new Uri("/api/statistics.json?" + days, UriKind.Relative), cancellationToken);
            audit.CheckPublished(published!);
        }
    }

    private static async Task<int> ReportAsync(CheckpointAudit audit, TextWriter output, TextWriter errors)
    {
        foreach (var finding in audit.Findings.Distinct())
        {
            await errors.WriteLineAsync(finding);
        }

        if (audit.Findings.Count > 0)
        {
            return Disagrees;
        }

        await output.WriteLineAsync(audit.Checkpoints.Count == 0
            ? "There is no checkpoint yet."
            : $"{audit.Checkpoints.Count} checkpoints, {VietnamTime.FormatIso(audit.Checkpoints[0].Day)} to"
                + $" {VietnamTime.FormatIso(audit.Checkpoints[^1].Day)}: chain and numbers agree; total"
                + $" {audit.Checkpoints[^1].Total}.");
        return 0;
    }
}
