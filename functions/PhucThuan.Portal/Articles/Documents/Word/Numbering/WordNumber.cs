namespace PhucThuan.Portal.Articles.Documents.Word.Numbering;

/// <summary>The number or sign in front of a paragraph.</summary>
/// <param name="ListType">Type of an HTML list that writes it (<c>1</c>, <c>a</c>, <c>I</c>), empty for a bullet; null
/// when it must be written out.</param>
/// <param name="Value">What is counted: 3 for <c>c)</c>.</param>
/// <param name="Label">Written out: <c>Điều 3.</c></param>
/// <param name="List">Names the list; paragraphs of the same one are counted together.</param>
/// <param name="Level">0 for the outermost.</param>
/// <param name="Indent">Twips from the margin.</param>
internal sealed record WordNumber(string? ListType, int Value, string Label, int List, int Level, int Indent)
{
    public bool IsBullet => ListType is { Length: 0 };
}
