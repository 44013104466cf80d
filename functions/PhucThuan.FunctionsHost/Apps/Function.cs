using System.Text.Json;

namespace PhucThuan.Hosting.Apps;

/// <summary>An entry of <c>functions.metadata</c>.</summary>
/// <param name="Id">Identifies the function in RPC messages; new at each start.</param>
/// <param name="ScriptFile">File name of the assembly, relative to <c>functions.metadata</c>.</param>
/// <param name="EntryPoint">Full name of type and method.</param>
internal sealed record Function(
    string Id, string Name, string ScriptFile, string EntryPoint, string Language, IReadOnlyList<Binding> Bindings)
{
    public HttpTrigger? Http { get; } = HttpTrigger.Find(Name, Bindings);

    public TimerTrigger? Timer { get; } = TimerTrigger.Find(Bindings);

    public static Function Read(JsonElement json) => new(
        Guid.NewGuid().ToString(),
        json.GetProperty("name").GetString()!,
        json.GetProperty("scriptFile").GetString()!,
        json.GetProperty("entryPoint").GetString()!,
        json.GetProperty("language").GetString()!,
        [.. json.GetProperty("bindings").EnumerateArray().Select(Binding.Read)]);
}
