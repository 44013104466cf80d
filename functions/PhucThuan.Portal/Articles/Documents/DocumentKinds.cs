using System.Collections.Frozen;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>Maps extensions to formats. The content may have another format, see <see cref="FileContent"/>.</summary>
public static class DocumentKinds
{
    private static readonly FrozenDictionary<string, DocumentKind> ByExtension = new Dictionary<string, DocumentKind>
    {
        [".htm"] = DocumentKind.Html,
        [".html"] = DocumentKind.Html,
        [".xhtml"] = DocumentKind.Html,
        [".docm"] = DocumentKind.Word,
        [".docx"] = DocumentKind.Word,
        [".dotx"] = DocumentKind.Word,
        [".markdown"] = DocumentKind.Markdown,
        [".md"] = DocumentKind.Markdown,
        [".txt"] = DocumentKind.PlainText,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Web applications use these extensions for HTML that is to be opened in Word. Word's own old format is not
    // supported.
    private static readonly FrozenSet<string> Doubtful =
        new[] { ".doc", ".dot", ".rtf", ".wps" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Extensions of article files, such as <c>.docx</c>.</summary>
    public static IEnumerable<string> Extensions => ByExtension.Keys.Order(StringComparer.Ordinal);

    /// <summary>
    /// Null for other extensions. HTML for a doubtful extension, unless the content has another format.
    /// </summary>
    public static DocumentKind? Of(string name) =>
        ByExtension.TryGetValue(Path.GetExtension(name), out var kind) ? kind : IsDoubtful(name) ? DocumentKind.Html
            : null;

    /// <summary>True when only the content shows whether the file is an article.</summary>
    public static bool IsDoubtful(string name) => Doubtful.Contains(Path.GetExtension(name));

    /// <summary>Removes the extension of an article file; other names are unchanged.</summary>
    public static string WithoutExtension(string name) =>
        Of(name) is null ? name : name[..^Path.GetExtension(name).Length];
}
