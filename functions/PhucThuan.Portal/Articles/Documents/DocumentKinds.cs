using System.Collections.Frozen;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>Which format the extension of a name promises. What is inside may be another one.</summary>
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

    // Web applications use these extensions for HTML that Word should open. Word's own old format is not supported.
    private static readonly FrozenSet<string> Doubtful =
        new[] { ".doc", ".dot", ".rtf", ".wps" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The formats that articles may have, as the ends of names: <c>.docx</c> and so on.</summary>
    public static IEnumerable<string> Extensions => ByExtension.Keys.Order(StringComparer.Ordinal);

    /// <summary>
    /// Null when the name promises none. A doubtful name promises HTML, which other content overrules.
    /// </summary>
    public static DocumentKind? Of(string name) =>
        ByExtension.TryGetValue(Path.GetExtension(name), out var kind) ? kind : IsDoubtful(name) ? DocumentKind.Html
            : null;

    /// <summary>Whether only the content tells if the file is an article.</summary>
    public static bool IsDoubtful(string name) => Doubtful.Contains(Path.GetExtension(name));

    /// <summary>The name as it is when it ends in no extension of an article.</summary>
    public static string WithoutExtension(string name) =>
        Of(name) is null ? name : name[..^Path.GetExtension(name).Length];
}
