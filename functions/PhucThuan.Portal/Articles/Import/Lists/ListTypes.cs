using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Lists;

/// <summary>
/// Writes the numbering style of lists (<c>I.</c>, <c>a.</c>) as an attribute, from the style of the list or its items,
/// or from the counters of Google Docs.
/// </summary>
internal sealed partial class ListTypes(IDocument document, StyleCascade cascade)
{
    public void Apply(IElement content)
    {
        var counters = CountersOf(document);
        foreach (var list in content.QuerySelectorAll("ol, ul").ToList())
        {
            var style = StyleOf(list, counters);
            if (TypeOf(style) is { } type)
            {
                var ordered = list.LocalName == "ol" ? list : Rename(list, "ol");
                if (type != "1")
                {
                    ordered.SetAttribute("type", type);
                }
            }
            else if (style is "disc" or "circle" or "square" && list.LocalName == "ol")
            {
                Rename(list, "ul");
            }
        }
    }

    private string StyleOf(IElement list, Dictionary<string, string> counters)
    {
        if (list.ClassList.Select(name => counters.GetValueOrDefault(name))
            .FirstOrDefault(style => style is not null) is { } counter)
        {
            return counter;
        }

        var own = cascade.Get(list, "list-style-type");
        return own is "" or "none" or "initial" or "decimal" or "disc"
            && list.Children.FirstOrDefault(child => child.LocalName == "li") is { } item
            && cascade.Get(item, "list-style-type") is { Length: > 0 } ofItem
            ? ofItem
            : own;
    }

    private static string? TypeOf(string style) => style switch
    {
        "decimal" or "decimal-leading-zero" => "1",
        "upper-roman" => "I",
        "lower-roman" => "i",
        "upper-latin" or "upper-alpha" => "A",
        "lower-latin" or "lower-alpha" => "a",
        _ => null,
    };

    private static Dictionary<string, string> CountersOf(IDocument document)
    {
        var counters = new Dictionary<string, string>();
        foreach (var sheet in document.QuerySelectorAll("style").Select(style => style.TextContent))
        {
            foreach (Match counter in Counter().Matches(sheet))
            {
                counters[counter.Groups[1].Value] = counter.Groups[2].Value;
            }
        }

        return counters;
    }

    private IElement Rename(IElement list, string name)
    {
        var renamed = document.CreateElement(name);
        foreach (var attribute in list.Attributes)
        {
            renamed.SetAttribute(attribute.Name, attribute.Value);
        }

        cascade.Copy(list, renamed);
        renamed.Append([.. list.ChildNodes]);
        list.Replace(renamed);
        return renamed;
    }

    [GeneratedRegex(
        @"\.(lst-[\w-]+)\s*>\s*li::?before\s*\{\s*content\s*:[^{};]*?counter\([\w-]+\s*,\s*([a-z-]+)\)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Counter();
}
