using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PhucThuan.Portal.Articles.Documents.Word.Pictures;
using Math = DocumentFormat.OpenXml.Math;

namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>
/// Writes the content of a paragraph with all tracked changes accepted, without comments and hidden text.
/// </summary>
internal sealed class WordInlines(
    OpenXmlPart part, WordStyles styles, WordPictures pictures, WordNotes notes, WordOmissions omissions,
    IReadOnlySet<string> targets)
{
    // A field may span several paragraphs.
    private readonly Stack<WordField> _fields = new();
    private readonly Lazy<Dictionary<string, string>> _links = new(() =>
        part.HyperlinkRelationships.DistinctBy(link => link.Id)
            .ToDictionary(link => link.Id, link => link.Uri.OriginalString));

    // Number of open fields beyond the maximum depth.
    private int _ignoredFields;
    private InlineText _text = new();
    private Paragraph _paragraph = new();

    /// <summary>
    /// Text boxes that are anchored in the written paragraphs. The caller writes them after the paragraph and clears
    /// the list.
    /// </summary>
    public List<TextBoxContent> TextBoxes { get; } = [];

    public InlineText Write(Paragraph paragraph)
    {
        var outer = (_text, _paragraph);
        (_text, _paragraph) = (new(), paragraph);
        WriteChildren(paragraph, link: null);
        var text = _text;
        (_text, _paragraph) = outer;

        // Ends an unterminated instruction, which would swallow the rest of the document.
        while (_fields.TryPeek(out var field) && !field.HasResult)
        {
            _fields.Pop();
        }

        return text;
    }

    private void WriteChildren(OpenXmlElement parent, string? link)
    {
        foreach (var child in parent.ChildElements)
        {
            Write(child, link);
        }
    }

    private void Write(OpenXmlElement element, string? link)
    {
        switch (element)
        {
            case DeletedRun or MoveFromRun or ParagraphProperties or SdtProperties:
                break;
            case Run run:
                WriteRun(run, link);
                break;
            case Hyperlink hyperlink:
                WriteChildren(hyperlink, AddressOf(hyperlink) ?? link);
                break;
            case SimpleField simple:
                WriteSimpleField(simple, link);
                break;
            case BookmarkStart { Name.Value: { } name } when targets.Contains(name):
                _text.Append($"<a id=\"{HtmlText.Encode(name)}\"></a>", RunFormat.Plain);
                break;
            case SdtRun control when !IsPlaceholder(control.SdtProperties):
                WriteChildren(control.SdtContentRun ?? (OpenXmlElement)new SdtContentRun(), link);
                break;
            case Math.OfficeMath formula:
                _text.Append(WordFormula.ToHtml(formula), RunFormat.Plain with { Link = link });
                break;
            case InsertedRun
            or MoveToRun
            or CustomXmlRun
            or BidirectionalOverride
            or BidirectionalEmbedding
            or Math.Paragraph:
                WriteChildren(element, link);
                break;
            case AlternateContent alternatives:
                WriteChildren(ChosenOf(alternatives), link);
                break;
        }
    }

    public static bool IsPlaceholder(SdtProperties? control) =>
        control?.GetFirstChild<ShowingPlaceholder>().IsOn() == true;

    /// <summary>
    /// The choice if it contains a picture or text, otherwise the fallback, such as a diagram's picture.
    /// </summary>
    public static OpenXmlElement ChosenOf(AlternateContent alternatives)
    {
        var choice = alternatives.GetFirstChild<AlternateContentChoice>();
        var fallback = alternatives.GetFirstChild<AlternateContentFallback>();
        var isKnown = choice is not null
            && (choice.Descendants<DocumentFormat.OpenXml.Drawing.Blip>().Any()
            || choice.Descendants<TextBoxContent>().Any() || choice.Descendants<Text>().Any());
        return (isKnown ? choice : (OpenXmlElement?)fallback ?? choice) ?? alternatives;
    }

    private void WriteSimpleField(SimpleField simple, string? link)
    {
        var field = new WordField(null) { HasResult = true };
        field.AppendInstruction(simple.Instruction?.Value);
        if (!field.IsLeftOut)
        {
            WriteChildren(simple, field.Link ?? link);
        }

        omissions.Fields += field.IsPrivate ? 1 : 0;
    }

    private void WriteRun(Run run, string? link)
    {
        if (styles.IsHidden(run, _paragraph))
        {
            omissions.Hidden += IsNewHiddenText(run) ? 1 : 0;

            // Hidden runs may contain the start, instruction or end of a field.
            foreach (var child in run.ChildElements)
            {
                if (child is FieldChar mark)
                {
                    WriteField(mark);
                }
                else if (child is FieldCode code && _fields.TryPeek(out var field))
                {
                    field.AppendInstruction(code.Text);
                }
            }

            return;
        }

        var format = styles.FormatOf(run, _paragraph);
        foreach (var child in run.ChildElements)
        {
            switch (child)
            {
                case FieldChar mark:
                    WriteField(mark);
                    break;
                case FieldCode code when _fields.TryPeek(out var field):
                    field.AppendInstruction(code.Text);
                    break;
                default:
                    if (_fields.All(field => field is { HasResult: true, IsLeftOut: false }))
                    {
                        var target = link
                            ?? _fields.Select(field => field.Link).FirstOrDefault(address => address is not null);
                        WriteContent(
                            child,
                            format with
                            {
                                Link = target,
                                Font = OldFont(format.Font),
                                IsUnderlined = format.IsUnderlined && target is null
                            });
                    }

                    break;
            }
        }
    }

    /// <summary>
    /// True when the hidden run contains words or a picture and the previous run was not hidden. Page numbers of a
    /// table of contents, which are hidden in web view, do not count.
    /// </summary>
    private bool IsNewHiddenText(Run run) =>
        _fields.All(field => field is { HasResult: true, IsLeftOut: false })
        && HasContent(run)
        && !(run.PreviousSibling() is Run before && HasContent(before) && styles.IsHidden(before, _paragraph));

    private static bool HasContent(Run run) => run.ChildElements.Any(
        child => child is Drawing or Picture or SymbolChar
            || (child is Text text && !string.IsNullOrWhiteSpace(text.Text)));

    private void WriteField(FieldChar mark)
    {
        switch (mark.FieldCharType?.InnerText)
        {
            case "begin" when _fields.Count < WordField.MaxNesting:
                _fields.Push(new WordField(mark));
                break;
            case "begin":
                _ignoredFields++;
                break;
            case "end" when _ignoredFields > 0:
                _ignoredFields--;
                break;
            case "separate" when _fields.TryPeek(out var field):
                field.HasResult = true;
                break;
            case "end" when _fields.TryPop(out var ended):
                omissions.Fields += ended.IsPrivate ? 1 : 0;
                if (ended.FormText is { } text)
                {
                    _text.Append(HtmlText.Encode(text), RunFormat.Plain);
                }

                break;
        }
    }

    private void WriteContent(OpenXmlElement content, RunFormat format)
    {
        switch (content)
        {
            case Text text:
                _text.Append(HtmlText.Encode(text.Text), format);
                break;
            case TabChar or PositionalTab:
                _text.Append(" ", format);
                break;
            case Break { Type: null } or Break { Type.InnerText: "textWrapping" } or CarriageReturn:
                _text.Append("<br>", format);
                break;
            case NoBreakHyphen:
                _text.Append("‑", format);
                break;
            case SymbolChar symbol:
                WriteSymbol(symbol, format);
                break;
            case FootnoteReference or EndnoteReference:
                _text.Append(notes.Refer((FootnoteEndnoteReferenceType)content), RunFormat.Plain);
                break;
            case Ruby ruby:
                ruby.RubyBase?.Elements<Run>().SelectMany(run => run.Elements<Text>()).ToList()
                    .ForEach(text => WriteContent(text, format));
                break;
            case AlternateContent alternatives:
                WriteDrawing(ChosenOf(alternatives), format);
                break;
            case Drawing or Picture or EmbeddedObject:
                WriteDrawing(content, format);
                break;
        }
    }

    private void WriteDrawing(OpenXmlElement drawing, RunFormat format)
    {
        if (WordPictures.IsHidden(drawing))
        {
            omissions.Hidden++;
            return;
        }

        // Pictures in a text box are written with its content.
        TextBoxes.AddRange(drawing.Descendants<TextBoxContent>()
            .Where(box => !box.Ancestors().TakeWhile(outer => outer != drawing).Any(outer => outer is TextBoxContent)));
        _text.Append(pictures.ToHtml(part, drawing), RunFormat.Plain with { Link = format.Link });
    }

    /// <summary>
    /// Writes the letter with its font, as in HTML from Word; <see cref="Import.Fonts.SymbolFonts"/> converts it.
    /// </summary>
    private void WriteSymbol(SymbolChar symbol, RunFormat format)
    {
        if (int.TryParse(symbol.Char?.Value, System.Globalization.NumberStyles.HexNumber, null, out var code))
        {
            _text.Append(HtmlText.Encode(SymbolText.Write(code)), format with { Font = symbol.Font?.Value });
        }
    }

    private static string? OldFont(string? font) =>
        font is not null
            && (SymbolText.IsSymbolFont(font) || font.StartsWith(".Vn", StringComparison.OrdinalIgnoreCase)
            || font.StartsWith("VNI-", StringComparison.OrdinalIgnoreCase))
            ? font
            : null;

    private string? AddressOf(Hyperlink hyperlink)
    {
        var place = hyperlink.Anchor?.Value is { Length: > 0 } anchor ? "#" + anchor : "";
        var address = hyperlink.Id?.Value is { } id ? _links.Value.GetValueOrDefault(id) : null;
        return address + place is { Length: > 0 } link ? link : null;
    }
}
