using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Math;

namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>Writes a formula as linear text: <c>S = (a + b)/2</c>.</summary>
internal static class WordFormula
{
    public static string ToHtml(OpenXmlElement formula)
    {
        var html = new StringBuilder();
        foreach (var child in formula.ChildElements)
        {
            html.Append(Write(child));
        }

        return html.ToString();
    }

    private static string Write(OpenXmlElement element) => element switch
    {
        Text text => HtmlText.Encode(text.Text),
        DocumentFormat.OpenXml.Wordprocessing.Text text => HtmlText.Encode(text.Text),
        DocumentFormat.OpenXml.Wordprocessing.DeletedRun or DocumentFormat.OpenXml.Wordprocessing.MoveFromRun => "",
        Fraction fraction => $"{Group(fraction.Numerator)}/{Group(fraction.Denominator)}",
        Superscript power => $"{Of(power.Base)}<sup>{Of(power.SuperArgument)}</sup>",
        Subscript index => $"{Of(index.Base)}<sub>{Of(index.SubArgument)}</sub>",
        SubSuperscript both => $"{Of(both.Base)}<sub>{Of(both.SubArgument)}</sub><sup>{Of(both.SuperArgument)}</sup>",
        Radical root =>
            $"{(Of(root.Degree) is { Length: > 0 } degree ? $"<sup>{degree}</sup>" : "")}√({Of(root.Base)})",
        Delimiter brackets => $"({string.Join(", ", brackets.Elements<Base>().Select(Of))})",
        Nary sum => $"{HtmlText.Encode(sum.NaryProperties?.AccentChar?.Val?.Value ?? "∫")}<sub>"
            + $"{Of(sum.SubArgument)}</sub><sup>{Of(sum.SuperArgument)}</sup> {Of(sum.Base)}",
        OpenXmlLeafElement => "",
        _ => ToHtml(element),
    };

    private static string Of(OpenXmlElement? argument) => argument is null ? "" : ToHtml(argument);

    /// <summary>Adds brackets unless the argument is a single letter or number.</summary>
    private static string Group(OpenXmlElement? argument)
    {
        var text = Of(argument);
        return text.All(char.IsLetterOrDigit) ? text : $"({text})";
    }
}
