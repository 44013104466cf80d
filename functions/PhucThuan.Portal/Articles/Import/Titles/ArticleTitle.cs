using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Characters;

namespace PhucThuan.Portal.Articles.Import.Titles;

/// <summary>
/// Finds the title of an article and removes it from the text, because the page shows it above. The stored title is not
/// reliable: word processors often omit or guess it.
/// </summary>
internal sealed partial class ArticleTitle(StyleCascade cascade)
{
    /// <summary>Characters; a longer bold line is a paragraph.</summary>
    private const int MaxLength = 250;

    /// <summary>Minimum number of characters of a title in capitals; a shorter line may be an abbreviation.</summary>
    private const int MinCapitals = 8;

    /// <summary>Pixels; the text of official letters has 14 points, which are 18.7 pixels.</summary>
    private const double LargeFont = 20;

    /// <summary>Maximum number of lines from the first name of an office to the motto.</summary>
    private const int MaxIssuerLines = 4;

    /// <summary>Number of blocks at the start that are searched.</summary>
    private const int MaxLead = 12;

    /// <summary>Null when neither the metadata nor the start of the text contain a title.</summary>
    /// <param name="pageTitle">Title of a saved page, without the site's name; null for other files.</param>
    public string? Extract(IDocument document, IElement content, string? pageTitle)
    {
        var lead = content.QuerySelectorAll("h1, h2, h3, h4, h5, h6, p, li, dt, blockquote, td, th")
            .Where(element => IsAlone(element) && TextOf(element) is not null).Take(MaxLead).ToList();
        var named = content.QuerySelectorAll("p.title, p.MsoTitle, p.Title, h1.title, h1.entry-title")
            .FirstOrDefault(element => TextOf(element) is not null);
        var start = FindStart(lead);
        var heading = named is not null ? [named] : FindHeading(lead, start);
        var shown = heading.Count == 0 ? null : Join(heading.Select(element => TextOf(element)!));
        var stored = OneLine(document.Title ?? "") is { } given && !ProgramTitles.Name().IsMatch(given)
            ? given
            : null;
        var title = IsClass(named) ? shown : pageTitle ?? (IsBeginning(shown, stored) ? shown : stored ?? shown);
        if (title is not null)
        {
            RemoveRepeated(title, heading, lead, start);
        }

        return title;
    }

    private static bool IsClass(IElement? named) => named is { LocalName: "p" };

    /// <summary>True when the stored title only adds the site's name: <c>Họp dân | Báo Ví Dụ</c>.</summary>
    private static bool IsBeginning(string? shown, string? stored) => shown is not null && stored is not null
        && stored.Length > shown.Length && stored.StartsWith(shown, StringComparison.OrdinalIgnoreCase)
        && SiteName().IsMatch(stored[shown.Length..]);

    private static void RemoveRepeated(string title, List<IElement> heading, List<IElement> lead, int start)
    {
        if (heading.Count > 0 && IsSame(Join(heading.Select(element => TextOf(element)!)), title))
        {
            heading.ForEach(Remove);
            return;
        }

        // The title may be repeated as plain text and on several lines.
        foreach (var count in new[] { 1, 2, 3 })
        {
            if (start >= 0 && lead.Count >= start + count
                && IsSame(Join(lead.Skip(start).Take(count).Select(element => TextOf(element)!)), title))
            {
                lead.Skip(start).Take(count).ToList().ForEach(Remove);
                return;
            }
        }
    }

    /// <summary>True outside of tables, and in single-cell rows, as in layout tables and titles of tables.</summary>
    private static bool IsAlone(IElement element)
    {
        if (element.LocalName is "td" or "th"
            && element.Children.Any(child => BlockLines.Blocks.Contains(child.LocalName)))
        {
            return false;
        }

        for (var row = element.Closest("tr"); row is not null; row = row.ParentElement?.Closest("tr"))
        {
            if (row.FirstElementChild != row.LastElementChild)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Removes the element, and the table parts around it that become empty.</summary>
    private static void Remove(IElement element)
    {
        var holder = element.ParentElement;
        element.Remove();
        while (holder is { LocalName: "td" or "th" or "tr" or "tbody" or "thead" or "table" }
            && string.IsNullOrWhiteSpace(holder.TextContent) && holder.QuerySelector("img, input") is null)
        {
            var outer = holder.ParentElement;
            holder.Remove();
            holder = outer;
        }
    }

    /// <summary>
    /// Compares letters and digits only, because quotes, stops and spaces may differ between a title and its
    /// repetition.
    /// </summary>
    private static bool IsSame(string? left, string? right) =>
        left is not null && right is not null && Letters(left) == Letters(right);

    private static string Letters(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));

    /// <summary>
    /// Index of the first line after the letterhead; -1 without one. <c>XÃ PHÚC THUẬN</c> is an issuer only in an
    /// official letter, which has a motto, a number or a kind; otherwise, it is the start of a title.
    /// </summary>
    private static int FindStart(List<IElement> lead)
    {
        var lines = lead.ConvertAll(element => TextOf(element)!);
        var isLetter = lines.Exists(
            line => LetterLines.Letterhead().IsMatch(line) || LetterLines.KindOfLetter().IsMatch(line));
        var start = -1;
        do
        {
            start = lines.FindIndex(
                start + 1, line => !LetterLines.Letterhead().IsMatch(line)
                    && !(isLetter && LetterLines.Issuer().IsMatch(line)));
        }
        while (start >= 0 && IsIssuerAbove(lines, start));

        return start;
    }

    /// <summary>
    /// True when the line is the name of an office: in capitals, with the motto or the number of the letter below.
    /// </summary>
    private static bool IsIssuerAbove(List<string> lines, int start)
    {
        var motto = lines.FindIndex(start + 1, Math.Min(MaxIssuerLines, lines.Count - start - 1),
            line => LetterLines.MottoOrNumber().IsMatch(line));
        return motto > 0 && lines[start..motto].TrueForAll(
            line => !line.Any(char.IsLower) && !LetterLines.BeginsWithKind().IsMatch(line));
    }

    /// <summary>
    /// The first line after the letterhead, if it is formatted as a title, with its continuation lines. A later heading
    /// belongs to a section. In an official letter, the kind (<c>THÔNG BÁO</c>) is continued by the next line, the
    /// subject (decree 30/2020, annex I).
    /// </summary>
    private List<IElement> FindHeading(List<IElement> lead, int start)
    {
        if (start < 0 || !(IsSetAsTitle(lead[start]) || IsPlainTitleOfLetter(lead, start)))
        {
            return [];
        }

        var heading = new List<IElement> { lead[start] };
        if (LetterLines.KindOfLetter().IsMatch(TextOf(lead[start])!))
        {
            heading.AddRange(
                lead.Skip(start + 1).Take(2).TakeWhile((element, index) => TextOf(element)!.Length <= MaxLength
                && (index == 0 || !LetterLines.Subject().IsMatch(TextOf(lead[start + 1])!) || IsBold(element))
                && (LetterLines.Subject().IsMatch(TextOf(element)!)
                    || (IsSetAsTitle(element) && element.LocalName[0] != 'h'))));
        }
        else
        {
            heading.AddRange(lead.Skip(start + 1).Take(2)
                .TakeWhile((element, index) => IsContinuation(lead[start + index], element)));
        }

        return heading;
    }

    /// <summary>
    /// True when the line continues the sentence in the same format, or in capitals like the line before.
    /// </summary>
    private bool IsContinuation(IElement before, IElement element)
    {
        var (first, next) = (TextOf(before)!, TextOf(element)!);
        return element.LocalName == before.LocalName
            && first.Length + next.Length <= MaxLength
            && first[^1] is not ('.' or '!' or '?' or ':' or ';' or '…')
            && IsBold(element) == IsBold(before) && IsLarge(element) == IsLarge(before)
            && !LetterLines.IsHead(next) && !Section().IsMatch(next)
            && (char.IsLower(next[0])
                ? element.LocalName[0] == 'h' || IsSetAsTitle(element)
                : IsSetAsTitle(before) && !(first + next).Any(char.IsLower) && next.Any(char.IsLetter));
    }

    /// <summary>
    /// True for a title that is not bold: a kind above its subject, or a subject above the addressees.
    /// </summary>
    private static bool IsPlainTitleOfLetter(List<IElement> lead, int start)
    {
        var (line, next) = (TextOf(lead[start])!, lead.Count > start + 1 ? TextOf(lead[start + 1])! : "");
        return line.Length <= MaxLength && (LetterLines.KindOfLetter().IsMatch(line)
            ? LetterLines.Subject().IsMatch(next) && next.Length <= MaxLength
            : LetterLines.Subject().IsMatch(line) && LetterLines.Addressees().IsMatch(next));
    }

    private bool IsSetAsTitle(IElement element) => element.LocalName[0] == 'h'
        || (element.LocalName is "p" or "td" or "th" && TextOf(element)!.Length <= MaxLength
            && !LetterLines.Addressees().IsMatch(TextOf(element)!)
            && (IsBold(element) || IsCapitals(TextOf(element)!) || IsLarge(element)
                || SpacedLetters.Join(element.TextContent) is not null));

    private static bool IsBold(IElement paragraph) => paragraph.LocalName == "th" || paragraph.Descendants<IText>()
        .All(text => string.IsNullOrWhiteSpace(text.Data) || text.ParentElement?.Closest("b, strong") is not null);

    private static bool IsCapitals(string text) =>
        text.Count(char.IsLetter) >= MinCapitals && !text.Any(char.IsLower) && text[^1] is not (':' or ';');

    private bool IsLarge(IElement paragraph) =>
        paragraph.Descendants<IText>().Where(text => !string.IsNullOrWhiteSpace(text.Data))
        .All(text => Pixels(text.ParentElement!, paragraph) >= LargeFont);

    private double Pixels(IElement element, IElement paragraph)
    {
        for (var at = element; at is not null; at = at == paragraph ? null : at.ParentElement)
        {
            if (at.LocalName == "big")
            {
                return LargeFont;
            }

            if (FontSize().Match(cascade.Get(at, "font-size")) is { Success: true } size)
            {
                var number = double.Parse(size.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
                return number * (
                    size.Groups[2].Value switch { "pt" => 4 / 3d, "em" or "rem" => 16, "%" => 0.16, _ => 1 });
            }

            if (cascade.Get(at, "font-size") is "large" or "larger" or "x-large" or "xx-large" or "xxx-large")
            {
                return LargeFont;
            }

            if (at.LocalName == "font" && at.GetAttribute("size") is { } named)
            {
                return named is "5" or "6" or "7" or "+2" or "+3" or "+4" ? LargeFont : 0;
            }
        }

        return 0;
    }

    /// <summary>Joins <c>THÔNG BÁO</c> and <c>Về việc …</c> into one sentence.</summary>
    private static string? Join(IEnumerable<string> lines)
    {
        var text = PlainText.OneLine(string.Join(' ', lines));
        return text is not null && LetterLines.KindAndSubject().Match(text) is { Success: true } letter
            ? letter.Groups[1].Value[..1] + letter.Groups[1].Value[1..].ToLower(VietnamTime.Culture) + " về việc "
            + letter.Groups[2].Value
            : text;
    }

    /// <summary>Text without footnote marks, with a space for each line break.</summary>
    private static string? TextOf(IElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Descendants())
        {
            if (node is IElement { LocalName: "br" })
            {
                text.Append(' ');
            }
            else if (node is IText words && words.ParentElement?.Closest("sup, a[href^='#']") is null)
            {
                text.Append(words.Data);
            }
        }

        return OneLine(text.ToString());
    }

    private static string? OneLine(string text) => CleanCharacters.Clean(text) is var clean
        && SpacedLetters.Join(clean) is { } words ? words : PlainText.OneLine(clean);

    // Start of a section: a number, a letter or a word such as CHƯƠNG.
    [GeneratedRegex(
        @"^(?:(?:[IVX]{1,5}|[0-9]{1,2}|\p{L})[.)/:-]|(?:PHẦN|CHƯƠNG|MỤC|ĐIỀU|BÀI|TIẾT)\s)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Section();

    [GeneratedRegex(@"^([0-9]*\.?[0-9]+)(px|pt|em|rem|%)", RegexOptions.CultureInvariant)]
    private static partial Regex FontSize();

    [GeneratedRegex(@"^\s*[|\-–—:»•·]\s*\S", RegexOptions.CultureInvariant)]
    private static partial Regex SiteName();
}
