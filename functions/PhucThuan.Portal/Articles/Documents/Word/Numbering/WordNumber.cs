namespace PhucThuan.Portal.Articles.Documents.Word.Numbering;

/// <summary>The number or bullet of a paragraph.</summary>
/// <param name="ListType">
/// Type of the HTML list (<c>1</c>, <c>a</c>, <c>I</c>), empty for a bullet; null when HTML cannot write the number.
/// </param>
/// <param name="Value">Numeric value: 3 for <c>c)</c>.</param>
/// <param name="Label">Formatted number: <c>Điều 3.</c></param>
/// <param name="List">Id of the list; its paragraphs are counted together.</param>
/// <param name="Level">0 for the outermost level.</param>
/// <param name="Indent">Indent in twips.</param>
internal sealed record WordNumber(string? ListType, int Value, string Label, int List, int Level, int Indent)
{
    public bool IsBullet => ListType is { Length: 0 };
}
