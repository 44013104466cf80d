using System.Reflection;
using System.Text.Json;

namespace PhucThuan.Bill;

/// <summary>
/// The JSON files in this folder of the checkout that the program was built from. They may have comments.
/// </summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The folder of the solution.</summary>
    public static string Repository { get; } = typeof(JsonFile).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(Repository)).Value!;

    public static T Read<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllText(PathOf(name)), Options)!;

    public static void Write<T>(string name, T value) =>
        File.WriteAllText(PathOf(name), JsonSerializer.Serialize(value, Options).ReplaceLineEndings("\n") + "\n");

    private static string PathOf(string name) => Path.Combine(Repository, "tests/PhucThuan.Bill", name);
}
