using System.Text.Json.Serialization;

namespace PhucThuan.Portal.Editors;

/// <summary>The state of each uploaded file.</summary>
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

/// <summary>Something to correct, as a sentence in Vietnamese.</summary>
public sealed record DeskProblem(Severity Severity, string Text);

/// <summary>Severity of a problem.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Readers get the content as intended; it can be improved.</summary>
    [JsonStringEnumMemberName("advice")]
    Advice,

    /// <summary>Readers do not get the content as intended.</summary>
    [JsonStringEnumMemberName("problem")]
    Problem,
}

/// <summary>State of a file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileState>))]
public enum FileState
{
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>The publication date is in the future.</summary>
    [JsonStringEnumMemberName("scheduled")]
    Scheduled,

    /// <summary>It has a page, but is not listed any more.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>Its address leads to another article.</summary>
    [JsonStringEnumMemberName("redirected")]
    Redirected,

    /// <summary>Not shown; the problems say why.</summary>
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
