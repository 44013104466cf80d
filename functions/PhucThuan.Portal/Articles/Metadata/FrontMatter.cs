using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// Parses metadata at the start of a text: a subset of YAML and TOML, line by line. Not a YAML parser, because lines
/// such as <c>Tiêu đề: Thông báo: nghỉ lễ</c> are invalid YAML, and an error must not affect the other lines.
/// </summary>
internal static partial class FrontMatter
{
    /// <summary>Maximum number of lines; a longer block is text between two horizontal rules.</summary>
    private const int MaxLines = 100;

    /// <summary>Returns the metadata by canonical names (<see cref="MetadataNames"/>), and the text after it.</summary>
    /// <exception cref="NotAnArticleException">The metadata marks the text as a draft.</exception>
    public static (IReadOnlyDictionary<string, string> Metadata, string Text) Extract(string text)
    {
        var lines = text.TrimStart('\uFEFF', '\n', '\r', ' ').ReplaceLineEndings("\n").Split('\n');
        var (start, end) = EndOf(lines) is var fence and >= 0 ? (1, fence) : (0, EndWithoutFence(lines));
        if (end < 0)
        {
            return (new Dictionary<string, string>(), text);
        }

        var fields = Fields(lines[start..end]).ToList();
        if (fields.Exists(field => IsDraft(field.Key, field.Value)))
        {
            throw new NotAnArticleException(
                "bài ghi là bản nháp (draft: true hoặc published: false); hãy bỏ dòng ấy khi muốn đăng");
        }

        return (
            fields.Select(field => KeyValuePair.Create(MetadataNames.Find(field.Key), field.Value))
                .Where(field => field is { Key: not null, Value: not "" })
                .DistinctBy(field => field.Key).ToDictionary(field => field.Key!, field => field.Value),
            string.Join('\n', lines[(start == 0 ? end : end + 1)..]));
    }

    /// <summary>
    /// Index of the first line after a block of known names without fences; -1 without at least two names, one of them
    /// the title.
    /// </summary>
    private static int EndWithoutFence(string[] lines)
    {
        var names = lines.TakeWhile(line => line.Contains(':', StringComparison.Ordinal)).Take(MaxLines)
            .Select(line => Field().Match(line) is { Success: true } field
                ? MetadataNames.Find(field.Groups["key"].Value)
                : null)
            .TakeWhile(name => name is not null).ToList();
        return names.Count > 1 && names.Contains("title") ? names.Count : -1;
    }

    /// <summary>Index of the closing fence; -1 without a block of keys and values.</summary>
    private static int EndOf(string[] lines)
    {
        var fence = lines[0].TrimEnd();
        if (fence is not ("---" or "+++"))
        {
            return -1;
        }

        var end = Array.FindIndex(
            lines, 1, Math.Min(lines.Length - 1, MaxLines), line =>
                line.TrimEnd() == fence || (fence == "---" && line.TrimEnd() == "..."));
        return end > 0 && lines[1..end].Any(line => Field().IsMatch(line)) ? end : -1;
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(string[] lines)
    {
        for (var index = 0; index < lines.Length; index++)
        {
            if (Field().Match(lines[index]) is not { Success: true } field)
            {
                continue;
            }

            // Indented lines and list items continue the value.
            var value = field.Groups["value"].Value.Trim();
            var rest = lines[(index + 1)..]
                .TakeWhile(line => line is [' ' or '\t', ..] || line.StartsWith("- ", StringComparison.Ordinal))
                .ToList();
            var isBlock = value is "" or "|" or ">" or "|-" or ">-" or "[";
            yield return KeyValuePair.Create(
                field.Groups["key"].Value.Trim('"', '\''), isBlock ? Joined(rest) : Unquoted(value));
        }
    }

    private static string Joined(List<string> lines)
    {
        var isList = lines.Exists(
            line =>
                line.TrimStart().StartsWith("- ", StringComparison.Ordinal) || line.TrimEnd().EndsWith(',')
                    || line.Trim() == "]");
        var values = lines.Select(line => Unquoted(line.Trim().TrimEnd(',', ']').TrimStart('-', ' ')))
            .Where(line => line.Length > 0);
        return string.Join(isList ? ", " : " ", values);
    }

    /// <summary>Removes quotes, the brackets of a list, and a trailing comment.</summary>
    private static string Unquoted(string value)
    {
        if (value is ['[', .., ']'])
        {
            return string.Join(
                ", ", value[1..^1].Split(',').Select(item => Unquoted(item.Trim())).Where(item => item.Length > 0));
        }

        return Quoted().Match(value) is { Success: true } quoted
            ? quoted.Groups["double"].Success
                ? quoted.Groups["double"].Value.Replace("\\\"", "\"", StringComparison.Ordinal)
                .Replace("\\n", " ", StringComparison.Ordinal)
                : quoted.Groups["single"].Value.Replace("''", "'", StringComparison.Ordinal)
            : Comment().Replace(value, "").Trim();
    }

    private static bool IsDraft(string key, string value) => (key.ToUpperInvariant(), value.ToUpperInvariant()) is
        ("DRAFT" or "NHÁP" or "BẢN NHÁP", "TRUE" or "YES" or "1" or "CÓ") or (
            "PUBLISHED" or "PUBLISH", "FALSE" or "NO" or "0");

    [GeneratedRegex(
        """^(?<key>["']?[\p{L}][\p{L}\p{M}\p{N}_ -]{0,40}["']?)\s*[:=]\s*(?<value>.*)\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    [GeneratedRegex(
        """^(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^']|'')*)')\s*(?:#.*)?\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:^|\s)#\s.*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();
}
