namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>How a stretch of text looks, as far as articles keep it.</summary>
/// <param name="Position"><c>sup</c>, <c>sub</c>, or null on the line.</param>
/// <param name="Font">A symbol font or a font of an old encoding; null for other fonts.</param>
/// <param name="Link">Target of the link; null outside of links.</param>
internal sealed record RunFormat(
    bool IsBold = false, bool IsItalic = false, bool IsUnderlined = false, bool IsStruck = false,
    string? Position = null, string? Font = null, string? Link = null)
{
    public static RunFormat Plain { get; } = new();

    /// <summary>The tags within a link, from outside in.</summary>
    public IEnumerable<string> Tags => new[]
    {
        IsBold ? "b" : null, IsItalic ? "i" : null, IsUnderlined && Link is null ? "u" : null, IsStruck ? "s"
            : null, Position,
    }.OfType<string>();
}
