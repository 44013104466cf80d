namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>The formatting of a run that articles preserve.</summary>
/// <param name="Position"><c>sup</c>, <c>sub</c>, or null for the baseline.</param>
/// <param name="Font">A symbol font or a font of an old encoding; null for other fonts.</param>
/// <param name="Link">Target of the link; null outside of links.</param>
internal sealed record RunFormat(
    bool IsBold = false, bool IsItalic = false, bool IsUnderlined = false, bool IsStruck = false,
    string? Position = null, string? Font = null, string? Link = null)
{
    public static RunFormat Plain { get; } = new();

    /// <summary>The elements within a link, outermost first.</summary>
    public IEnumerable<string> Tags => new[]
    {
        IsBold ? "b" : null, IsItalic ? "i" : null, IsUnderlined && Link is null ? "u" : null, IsStruck ? "s"
            : null, Position,
    }.OfType<string>();
}
