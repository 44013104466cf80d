using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Fonts;

/// <summary>
/// Replaces characters in symbol fonts (Symbol, Wingdings, Webdings) by the Unicode characters that look the same.
/// Articles have no fonts, and readers' devices may lack them.
/// </summary>
internal sealed partial class SymbolFonts(StyleCascade cascade)
{
    private const char PrivateUse = '\uF000';

    private static readonly FrozenDictionary<char, char> Symbol = Map(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
            + "\"$@^'·¹£³´¸¥®¬­¯«Þ°±ÎÖåòÆÇÈ»º¶Ñ§¨©ªµ¢²×Ü\u00DFÛÝÐ\u00DA\u00D9\u00D8¼",
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ∀∃≅⊥∋•≠≤≥×÷∞→←↑↓↔⇒°±∈√∑∫∅∩∪≈≡∂∇♣♦♥♠∝′″⋅⇐⇓⇔⇑∠∨∧¬…");

    private static readonly FrozenDictionary<char, char> Wingdings = Pairs(
        "l● m❍ n■ o☐ p❐ q❑ r❒ s⬧ t⧫ u◆ v❖ w⬥ x⌧ ¡○ ¢○ ¤◉ ¥◎ §▪ ¨☐ «★ ª✦ ¬✶ ®✹ ±⌖ Ø➢ à→ ß← á↑ â↓ ã↖ ä↗ å↙ æ↘ è➔ ï⇦ ð⇨ "
            + "ñ⇧ ò⇩ ó⬄ ô⇳ û✗ ü✓ ý☒ þ☑"
        + " E☜ F☞ G☝ H☟ J☺ L☹ N☠ O⚐ T❄ R☼ A✌ I✋ (☎ *✉ )✆ \"✂ !✏ Q✈ 6⌛ X✠ Y✡ Z☪ [☯ ?✍ @✍"
        + " \u0081① ‚② ƒ③ „④ …⑤ †⑥ ‡⑦ ˆ⑧ ‰⑨ Š⑩ Œ❶ \u008D❷ Ž❸ \u008F❹ \u0090❺ ‘❻ ’❼ “❽ ”❾ •❿");

    private static readonly FrozenDictionary<char,
    char> Wingdings2 = Pairs("P✓ O✗ R☑ Q☒ S☒ T☒ U☒ V☒ £☐ *☐ —● ˜● –• ®★");

    private static readonly FrozenDictionary<char,
    char> Wingdings3 = Pairs("f← g→ h↑ i↓ p▲ q▼ t◀ u▶ w▶ }▶ |◀ \"⇆ à→ Æ→");

    private static readonly FrozenDictionary<char, char> Webdings = Pairs("a✓ Y♥ r✗ g■ c☐ n● 3◀ 4▶ 5▲ 6▼ <■");

    /// <summary>Returns the number of characters without a counterpart, which are replaced by bullets.</summary>
    public int Replace(IElement content)
    {
        var unknown = 0;
        foreach (var text in content.Descendants<IText>()
            .Where(text => text.Data.AsSpan().ContainsAnyExcept(' ', '\u00A0', '\n')).ToList())
        {
            var font = text.ParentElement is { } parent ? FontOf(parent) : null;
            if (font is null && !text.Data.Any(IsPrivate))
            {
                continue;
            }

            text.Data = string.Concat(text.Data.Select(letter => Replace(letter, font, ref unknown)));
        }

        return unknown;
    }

    public bool IsIn(IElement element) => FontOf(element) is not null;

    private FrozenDictionary<char, char>? FontOf(IElement element)
    {
        for (var at = element; at is not null; at = at.ParentElement)
        {
            var font = cascade.Get(at, "font-family") is { Length: > 0 } style ? style : at.GetAttribute("face") ?? "";
            if (font.Length > 0)
            {
                return Name().Match(font).Value.Trim('"', '\'', ' ').ToLowerInvariant() switch
                {
                    "symbol" => Symbol,
                    "wingdings" => Wingdings,
                    "wingdings 2" => Wingdings2,
                    "wingdings 3" => Wingdings3,
                    "webdings" => Webdings,
                    _ => null,
                };
            }
        }

        return null;
    }

    private static char Replace(char letter, FrozenDictionary<char, char>? font, ref int unknown)
    {
        var code = IsPrivate(letter) ? (char)(letter - PrivateUse) : letter;
        if (font is null)
        {
            if (!IsPrivate(letter))
            {
                return letter;
            }

            // Word writes bullets of Symbol and Wingdings as private-use characters without a font.
            font = code == '·' ? Symbol : Wingdings;
        }

        if (font.TryGetValue(code, out var shown))
        {
            return shown;
        }

        if (char.IsWhiteSpace(code) || (font == Symbol && code < '\u0080') || code > '\u00FF')
        {
            return code;
        }

        unknown++;
        return '•';
    }

    private static bool IsPrivate(char letter) => letter is >= '\uF020' and <= '\uF0FF';

    private static FrozenDictionary<char, char> Map(string codes, string characters) =>
        codes.Zip(characters).DistinctBy(pair => pair.First)
            .ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    private static FrozenDictionary<char, char> Pairs(string pairs) =>
        pairs.Split(' ').ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    [GeneratedRegex(
        "^[\"' ]*(?:Symbol|Wingdings(?: [23])?|Webdings)(?=[\"', ]*(?:$|,))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
