using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Replaces elements that the sanitiser would remove by equivalent ones: elements of HTML 4, paragraphs with the role
/// of a heading, and form fields.
/// </summary>
internal sealed partial class OldElements(IDocument document, StyleCascade cascade)
{
    private static readonly (string Old, string New)[] Names =
    [
        ("strike", "s"), ("tt", "code"), ("kbd", "code"), ("samp", "code"), ("acronym", "abbr"), ("dir", "ul"),
        ("menu", "ul"), ("listing", "pre"), ("xmp", "pre"),
    ];

    public void Apply(IElement content)
    {
        foreach (var (old, name) in Names)
        {
            foreach (var element in content.QuerySelectorAll(old).ToList())
            {
                Rename(element, name);
            }
        }

        foreach (var heading in content.QuerySelectorAll("[role=heading]")
            .Where(element => element.LocalName is "p" or "div" or "span").ToList())
        {
            var level = int.TryParse(heading.GetAttribute("aria-level"), CultureInfo.InvariantCulture, out var number)
                ? Math.Clamp(number, 1, 6)
                : 2;
            Rename(heading, "h" + level);
        }

        foreach (var heading in content.QuerySelectorAll("p[class], div[class]").ToList())
        {
            if (HeadingClass().Match(heading.ClassName!) is { Success: true } match
                && heading.QuerySelector("p, div, table, ul, ol") is null
                && !string.IsNullOrWhiteSpace(heading.TextContent))
            {
                Rename(heading, "h" + match.Groups[1].Value);
            }
        }

        foreach (var field in content.QuerySelectorAll("input").ToList())
        {
            ReplaceField(field);
        }

        foreach (var box in content.QuerySelectorAll("[role=checkbox]").ToList())
        {
            box.Replace(document.CreateTextNode(Box(box.GetAttribute("aria-checked") is "true") + box.TextContent));
        }

        // Removes form controls but not the form element: an unclosed form contains the rest of the page.
        foreach (var control in content.QuerySelectorAll("select, textarea, button:empty, progress, meter").ToList())
        {
            control.Remove();
        }
    }

    private void ReplaceField(IElement field)
    {
        var type = field.GetAttribute("type")?.ToLowerInvariant();
        if (type is "checkbox" or "radio")
        {
            field.Replace(document.CreateTextNode(Box(field.HasAttribute("checked"))));
        }
        else
        {
            field.Remove();
        }
    }

    private static string Box(bool isChecked) => isChecked ? "☑ " : "☐ ";

    private void Rename(IElement element, string name)
    {
        var renamed = document.CreateElement(name);
        foreach (var attribute in element.Attributes)
        {
            renamed.SetAttribute(attribute.Name, attribute.Value);
        }

        cascade.Copy(element, renamed);
        renamed.Append([.. element.ChildNodes]);
        element.Replace(renamed);
    }

    [GeneratedRegex("^(?:MsoHeading|Heading_20_|Heading-?|heading-?)([1-6])$", RegexOptions.CultureInvariant)]
    private static partial Regex HeadingClass();
}
