using System.Text.Json.Serialization;

namespace PhucThuan.Portal.Editors;

/// <summary>What has become of each file that editors uploaded.</summary>
/// <param name="Files">The newest serious problem first, then the newest advice, then the newest file.</param>
/// <param name="Unchecked">Files that have not been read yet.</param>
public sealed record DeskReport(DateTimeOffset Made, IReadOnlyList<DeskFile> Files, int Unchecked);

/// <summary>One file.</summary>
/// <param name="Container"><c>articles</c>, <c>media</c> or <c>drafts</c>.</param>
/// <param name="Title">Of an article or draft that could be read.</param>
/// <param name="Address">Where it is seen; null for what is not shown.</param>
/// <param name="Modified">When it was uploaded.</param>
/// <param name="Published">When it is or will be published; null for what is not an article.</param>
/// <param name="Length">Bytes.</param>
public sealed record DeskFile(
    string Container,
    string Name,
    FileState State,
    string? Title,
    string? Address,
    DateTimeOffset Modified,
    DateTimeOffset? Published,
    long Length,
    IReadOnlyList<DeskProblem> Problems)
{
    [JsonIgnore]
    public bool IsSerious => Problems.Any(problem => problem.Severity == Severity.Problem);
}

/// <summary>What an editor should mend, as a sentence in Vietnamese.</summary>
public sealed record DeskProblem(Severity Severity, string Text);

/// <summary>How much a problem matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Readers get it as it was meant, but could get it better.</summary>
    [JsonStringEnumMemberName("advice")]
    Advice,

    /// <summary>Readers do not get it as it was meant.</summary>
    [JsonStringEnumMemberName("problem")]
    Problem,
}

/// <summary>What has become of a file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileState>))]
public enum FileState
{
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>Its time comes.</summary>
    [JsonStringEnumMemberName("scheduled")]
    Scheduled,

    /// <summary>It has a page, and lists leave it out.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>Its address leads to another article.</summary>
    [JsonStringEnumMemberName("redirected")]
    Redirected,

    /// <summary>Kept back or refused; the problems say why.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>A picture or document that is served.</summary>
    [JsonStringEnumMemberName("served")]
    Served,

    /// <summary>A file for the portal itself, such as the order of categories.</summary>
    [JsonStringEnumMemberName("setting")]
    Setting,

    /// <summary>Not read yet.</summary>
    [JsonStringEnumMemberName("unchecked")]
    Unchecked,
}
