using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Import.Titles;

/// <summary>Titles with spaces between their capitals: <c>T H Ô N G  B Á O</c>.</summary>
internal static partial class SpacedLetters
{
    /// <summary>
    /// Joins the letters to words. Wider spaces separate words; without them, the text is a known kind of letter. Null
    /// for other text.
    /// </summary>
    public static string? Join(string text) => !Spaced().IsMatch(text) ? null
        : Gap().IsMatch(text.Trim()) ? string.Join(' ', Gap().Split(text.Trim()).Select(WithoutSpaces))
        : FindKind(WithoutSpaces(text));

    private static string? FindKind(string letters) =>
        (from first in Enumerable.Range(1, letters.Length - 1)
         from second in Enumerable.Range(first, letters.Length - first)
         let words = $"{letters[..first]} {letters[first..second]} {letters[second..]}"
         select PlainText.OneLine(words)).FirstOrDefault(LetterLines.KindOfLetter().IsMatch);

    private static string WithoutSpaces(string word) =>
        string.Concat(word.Where(letter => !char.IsWhiteSpace(letter)));

    [GeneratedRegex(@"^\s*\p{Lu}(?:\s+\p{Lu}){3,40}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Spaced();

    [GeneratedRegex(@"\s{2,}|[\r\n]", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();
}
