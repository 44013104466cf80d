using System.Text.Json;

namespace PhucThuan.Hosting.Apps;

/// <summary>A built or published function app: its start command and its functions, read from its folder.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Executable"><c>dotnet</c>, or an executable in the folder.</param>
/// <param name="Assembly">Full path of the worker's assembly.</param>
/// <param name="RoutePrefix">Prefix from <c>host.json</c>; <c>api</c> by default, as in Azure.</param>
/// <param name="Functions">Ordered by name, ignoring case: the order in which the host tries routes.</param>
internal sealed record FunctionApp(
    string Folder, string Executable, string Assembly, string RoutePrefix, IReadOnlyList<Function> Functions)
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <exception cref="FunctionsHostException">The folder has no function app, or an unsupported one.</exception>
    public static FunctionApp Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        using var worker = ReadJson(folder, "worker.config.json");
        using var metadata = ReadJson(folder, "functions.metadata");
        using var host = ReadJson(folder, "host.json");
        try
        {
            var description = worker.RootElement.GetProperty("description");
            return new FunctionApp(
                folder,
                description.GetProperty("defaultExecutablePath").GetString()!,
                Path.Combine(folder, description.GetProperty("defaultWorkerPath").GetString()!),
                ReadRoutePrefix(host.RootElement),
                [.. metadata.RootElement.EnumerateArray().Select(Function.Read)
                    .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)]);
        }
        catch (Exception other) when (other is KeyNotFoundException or InvalidOperationException)
        {
            throw new FunctionsHostException(
                $"The files of the function app in {folder} have an unknown format: {other.Message}",
                other);
        }
    }

    internal static string ReadRoutePrefix(JsonElement host) =>
        host.TryGetProperty("extensions", out var extensions)
        && extensions.TryGetProperty("http", out var http)
        && http.TryGetProperty("routePrefix", out var prefix)
            ? prefix.GetString() ?? ""
            : "api";

    private static JsonDocument ReadJson(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return JsonDocument.Parse(File.ReadAllText(path), Lenient);
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new FunctionsHostException(
                $"{path} cannot be read ({other.Message}): {folder} must be a built or published function app.", other);
        }
    }
}
