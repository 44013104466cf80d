using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using PhucThuan.Portal.Articles.Documents.Word.Inlines;
using PhucThuan.Portal.Articles.Documents.Word.Numbering;

namespace PhucThuan.Portal.Articles.Documents.Word;

/// <summary>Writes paragraphs, lists and tables: the content of a body, a cell, a text box or a note.</summary>
internal sealed class WordBlocks(WordStyles styles, WordNumbering numbering, WordInlines inlines)
{
    // Text that belongs to the next paragraph: a paragraph whose mark was deleted, or a drop cap.
    private InlineText? _begun;

    public string Write(IEnumerable<OpenXmlElement> blocks)
    {
        var html = new StringBuilder();
        var lists = new ListWriter(html);
        var outer = _begun;
        _begun = null;
        foreach (var block in blocks.SelectMany(Flatten))
        {
            if (block is Table table)
            {
                lists.Close();
                html.Append(new WordTable(table, styles).ToHtml(WriteCell));
            }
            else if (block is Paragraph paragraph)
            {
                WriteParagraph(paragraph, html, lists);
            }
            else
            {
                html.Append(WordFormula.ToHtml(block));
            }
        }

        if (_begun is { IsEmpty: false } rest)
        {
            lists.Close();
            html.Append("<p>").Append(rest.ToHtml()).Append("</p>\n");
        }

        lists.Close();
        _begun = outer;
        return html.ToString();
    }

    /// <summary>Unwraps grouping elements: content controls, custom XML, moved blocks.</summary>
    public static IEnumerable<OpenXmlElement> Flatten(OpenXmlElement block) => block switch
    {
        Paragraph or Table or DocumentFormat.OpenXml.Math.Paragraph => [block],
        SdtBlock control =>
            WordInlines.IsPlaceholder(control.SdtProperties)
                ? []
                : control.SdtContentBlock?.ChildElements.SelectMany(Flatten) ?? [],
        CustomXmlBlock or InsertedRun or MoveToRun => block.ChildElements.SelectMany(Flatten),
        AlternateContent alternatives => WordInlines.ChosenOf(alternatives).ChildElements.SelectMany(Flatten),
        _ => [],
    };

    /// <summary>A cell with a single paragraph contains its text without a paragraph element.</summary>
    private string WriteCell(TableCell cell)
    {
        var html = Write(cell.ChildElements).TrimEnd();
        var isAlone = html.StartsWith("<p>", StringComparison.Ordinal)
            && html.EndsWith("</p>", StringComparison.Ordinal)
            && html.IndexOf("<p", 1, StringComparison.Ordinal) < 0;
        return isAlone ? html[3..^4] : html;
    }

    private void WriteParagraph(Paragraph paragraph, StringBuilder html, ListWriter lists)
    {
        var text = inlines.Write(paragraph);
        if (_begun is not null)
        {
            _begun.Append(text);
            (text, _begun) = (_begun, null);
        }

        var boxes = inlines.TextBoxes.ToList();
        inlines.TextBoxes.Clear();
        if (IsContinued(paragraph))
        {
            _begun = text;
        }
        else
        {
            // Count it, because Word also numbers empty paragraphs.
            var number = numbering.Next(paragraph);
            if (!text.IsEmpty)
            {
                WriteText(paragraph, text, number, html, lists);
            }
        }

        if (boxes.Count > 0)
        {
            lists.Close();
            html.AppendJoin("", boxes.Select(box => Write(box.ChildElements)));
        }
    }

    /// <summary>
    /// True when the next paragraph continues the text: the paragraph mark was deleted, moved or is hidden, or the
    /// paragraph is a drop cap.
    /// </summary>
    private static bool IsContinued(Paragraph paragraph)
    {
        var mark = paragraph.ParagraphProperties?.ParagraphMarkRunProperties;
        return mark?.GetFirstChild<Deleted>() is not null || mark?.GetFirstChild<MoveFrom>() is not null
            || mark?.GetFirstChild<Vanish>().IsOn() == true
            || paragraph.ParagraphProperties?.FrameProperties?.DropCap?.InnerText is "drop" or "margin";
    }

    private void WriteText(
        Paragraph paragraph, InlineText text, WordNumber? number, StringBuilder html, ListWriter lists)
    {
        const int Deepest = 6; // HTML has h1 to h6
        var names = styles.NamesOf(paragraph).ToList();
        var heading = styles.HeadingLevelOf(paragraph);
        if (number?.ListType is not null && heading is null)
        {
            lists.Append(number, text.ToHtml());
            return;
        }

        lists.Close();
        var isTitle = names.FirstOrDefault() is "title" || names is [_, "title", ..];
        var label = number is null ? "" : HtmlText.Encode(number.Label) + " ";
        var content = label + text.ToHtml(isBoldAnyway: heading is not null || isTitle);
        html.Append(
            isTitle ? $"<p class=\"MsoTitle\">{content}</p>\n"
            : heading is { } level ? $"<h{Math.Min(level, Deepest)}>{content}</h{Math.Min(level, Deepest)}>\n"
            : names.Contains("caption") ? $"<p class=\"MsoCaption\">{content}</p>\n"
            : names.Contains("quote") || names.Contains("intense quote")
            ? $"<blockquote><p>{content}</p></blockquote>\n"
            : $"<p{AlignmentOf(paragraph)}>{content}</p>\n");
    }

    /// <summary>Kept, because the title of an official letter is recognised by its centred alignment.</summary>
    private static string AlignmentOf(Paragraph paragraph) =>
        paragraph.ParagraphProperties?.Justification?.Val?.InnerText == "center" ? " align=\"center\"" : "";
}
