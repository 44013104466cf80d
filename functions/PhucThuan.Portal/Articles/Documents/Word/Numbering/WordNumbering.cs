using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PhucThuan.Portal.Articles.Documents.Word.Numbering;

/// <summary>
/// Computes the numbers of paragraphs (ISO/IEC 29500-1, 17.9): a file contains only the numbering definitions.
/// </summary>
internal sealed partial class WordNumbering
{
    private const int Levels = 9;

    private readonly WordStyles _styles;
    private readonly Dictionary<int, NumberingInstance> _instances = [];
    private readonly Dictionary<int, AbstractNum> _lists = [];

    // By list: the current value of each level; -1 before its first paragraph.
    private readonly Dictionary<int, int[]> _counts = [];
    private readonly HashSet<(int Instance, int Level)> _restarted = [];

    public WordNumbering(MainDocumentPart document, WordStyles styles)
    {
        _styles = styles;
        var numbering = document.NumberingDefinitionsPart?.Numbering;
        foreach (var instance in numbering?.Elements<NumberingInstance>() ?? [])
        {
            _instances.TryAdd(instance.NumberID.ToNumber() ?? 0, instance);
        }

        foreach (var list in numbering?.Elements<AbstractNum>() ?? [])
        {
            _lists.TryAdd(list.AbstractNumberId.ToNumber() ?? -1, list);
        }
    }

    /// <summary>
    /// Counts the paragraph. Null for a paragraph without a number; the numbering id 0 removes the style's numbering.
    /// </summary>
    public WordNumber? Next(Paragraph paragraph)
    {
        if (_styles.Find(paragraph, numbering => numbering.NumberingId?.Val.ToNumber()) is not (> 0 and var id)
            || FindList(id) is not var (instance, list))
        {
            return null;
        }

        var number = list.AbstractNumberId.ToNumber() ?? -1;
        var depth = Math.Clamp(
            _styles.Find(paragraph, numbering => numbering.NumberingLevelReference?.Val.ToNumber())
                ?? LevelOfStyle(list, paragraph), 0, Levels - 1);
        if (LevelOf(instance, list, depth) is not { } level)
        {
            return null;
        }

        Count(instance, list, id, number, depth);
        var format = FormatOf(level);
        var text = level.LevelText?.Val?.Value ?? "";
        var indent = _styles.IndentOf(paragraph) ?? WordStyles.LeftOf(level.PreviousParagraphProperties?.Indentation)
            ?? 0;
        if (format == "bullet")
        {
            return new("", 0, "", number, depth, indent);
        }

        return format == "none" || text.Length == 0
            ? null
            : new(
                ListTypeOf(format, text, depth), _counts[number][depth], Label(instance, list, level, number, text),
                number, depth, indent);
    }

    private (NumberingInstance Instance, AbstractNum List)? FindList(int id)
    {
        // A numbering style may refer to another numbering.
        for (var hops = 0; hops < Levels && _instances.TryGetValue(id, out var instance); hops++)
        {
            if (!_lists.TryGetValue(instance.AbstractNumId?.Val.ToNumber() ?? -1, out var list))
            {
                return null;
            }

            if (list.NumberingStyleLink?.Val?.Value is not { } style || _styles.NumberingOf(style) is not { } next
                || next == id)
            {
                return (instance, list);
            }

            id = next;
        }

        return null;
    }

    private int LevelOfStyle(AbstractNum list, Paragraph paragraph) => list.Elements<Level>().Take(Levels)
        .FirstOrDefault(
            level =>
                level.ParagraphStyleIdInLevel?.Val?.Value is { } style
                    && style == _styles.StyleOf(paragraph))?.LevelIndex.ToNumber() ?? 0;

    private static Level? LevelOf(NumberingInstance instance, AbstractNum list, int depth) =>
        OverrideOf(instance, depth)?.Level
            ?? list.Elements<Level>().Take(Levels).FirstOrDefault(level => level.LevelIndex.ToNumber() == depth);

    private static LevelOverride? OverrideOf(NumberingInstance instance, int depth) =>
        instance.Elements<LevelOverride>().Take(Levels).FirstOrDefault(level => level.LevelIndex.ToNumber() == depth);

    private void Count(NumberingInstance instance, AbstractNum list, int id, int number, int depth)
    {
        if (!_counts.TryGetValue(number, out var counts))
        {
            _counts[number] = counts = [.. Enumerable.Repeat(-1, Levels)];
        }

        for (var outer = 0; outer < depth; outer++)
        {
            // An outer level without a paragraph has its start value.
            counts[outer] = counts[outer] < 0 ? StartOf(instance, list, outer) : counts[outer];
        }

        var isNew = counts[depth] < 0;
        if (_restarted.Add((id, depth))
            && OverrideOf(instance, depth)?.StartOverrideNumberingValue?.Val.ToNumber() is { } start)
        {
            counts[depth] = start;
        }
        else
        {
            counts[depth] = isNew ? StartOf(instance, list, depth) : counts[depth] + 1;
        }

        for (var inner = depth + 1; inner < Levels; inner++)
        {
            var restart = LevelOf(instance, list, inner)?.LevelRestart?.Val.ToNumber();
            counts[inner] = restart is null || depth < restart ? -1 : counts[inner];
        }
    }

    private static int StartOf(NumberingInstance instance, AbstractNum list, int depth) =>
        OverrideOf(instance, depth)?.StartOverrideNumberingValue?.Val.ToNumber()
        ?? LevelOf(instance, list, depth)?.StartNumberingValue?.Val.ToNumber()
        ?? 0;

    private static string FormatOf(Level? level) => level?.NumberingFormat?.Val?.InnerText ?? "decimal";

    /// <summary>
    /// Type of a list that HTML can write: a single level, followed by a point. A bracket (<c>a)</c>) becomes a point.
    /// </summary>
    private static string? ListTypeOf(string format, string text, int depth) =>
        SimpleText().Match(text) is { Success: true } simple
        && simple.Groups[1].Value == (depth + 1).ToString(CultureInfo.InvariantCulture)
            ? format switch
            {
                "decimal" => "1",
                "lowerLetter" => "a",
                "upperLetter" => "A",
                "lowerRoman" => "i",
                "upperRoman" => "I",
                _ => null
            }
            : null;

    private string Label(NumberingInstance instance, AbstractNum list, Level level, int number, string text) =>
        Placeholder().Replace(text, place =>
    {
        var depth = place.Groups[1].Value[0] - '1';
        var format = level.IsLegalNumberingStyle.IsOn() == true ? "decimal" : FormatOf(LevelOf(instance, list, depth));
        return format is "bullet" or "none" ? "" : NumberText.Write(Math.Max(0, _counts[number][depth]), format);
    });

    [GeneratedRegex(@"^\s*\(?%([1-9])[.):、-]?\)?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SimpleText();

    [GeneratedRegex("%([1-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
