using System.Text.Json.Serialization;

namespace PhucThuan.Portal.Editors;

/// <summary>The state of each uploaded file.</summary>
/// <param name="Files">Files with problems first, then files with advice, then others; each group newest first.</param>
/// <param name="Unchecked">Number of files that have not been read yet.</param>
public sealed record DeskReport(DateTimeOffset Made, IReadOnlyList<DeskFile> Files, int Unchecked);

/// <summary>An uploaded file with its state and problems.</summary>
/// <param name="Container"><c>articles</c>, <c>media</c> or <c>drafts</c>.</param>
/// <param name="Title">Title of an article or draft; null for other files and files that cannot be read.</param>
/// <param name="Address">Address of the page or file; null when it is not shown.</param>
/// <param name="Modified">Upload time.</param>
/// <param name="Published">Publication date, possibly in the future; null for files other than articles.</param>
/// <param name="Length">Size in bytes.</param>
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

/// <summary>A problem to correct, as a sentence in Vietnamese.</summary>
public sealed record DeskProblem(Severity Severity, string Text);

/// <summary>Severity of a problem.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>The content is shown as intended, but could be improved.</summary>
    [JsonStringEnumMemberName("advice")]
    Advice,

    /// <summary>The content is not shown as intended.</summary>
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

    /// <summary>Expired: the article has a page but is no longer listed.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>The address redirects to another article.</summary>
    [JsonStringEnumMemberName("redirected")]
    Redirected,

    /// <summary>Not shown; the problems contain the reason.</summary>
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
