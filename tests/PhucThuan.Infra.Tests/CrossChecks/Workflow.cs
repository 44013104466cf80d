using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>A YAML file of .github, parsed.</summary>
internal static class Workflow
{
    public static JsonNode Read(string path)
    {
        using var reader = new StringReader(Repository.Read(path));
        var stream = new YamlStream();
        stream.Load(reader);
        return Convert(stream.Documents.Single().RootNode)!;
    }

    /// <summary>The steps of a job.</summary>
    public static IReadOnlyList<JsonNode> Steps(this JsonNode workflow, string job) =>
        [.. workflow.List($"jobs.{job}.steps")];

    /// <summary>Asserts deep equality with a YAML literal.</summary>
    public static void AssertIs(JsonNode? node, string yaml)
    {
        using var reader = new StringReader(yaml);
        var stream = new YamlStream();
        stream.Load(reader);
        Assert.Equal(Convert(stream.Documents.Single().RootNode)?.ToJsonString(), node?.ToJsonString());
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping =>
            new JsonObject(
                mapping.Children.Select(pair => KeyValuePair.Create(pair.Key.ToString(), Convert(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        _ => JsonValue.Create(node.ToString()),
    };
}
