using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>A field: an instruction, and what the program showed for it last (ISO/IEC 29500-1, 17.16).</summary>
internal sealed partial class WordField(FieldChar? begin)
{
    public const int MaxNesting = 20;

    /// <summary>Characters; the longest are links.</summary>
    private const int MaxLength = 4096;

    // Fields, and properties of the document that INFO and DOCPROPERTY show.
    private static readonly FrozenSet<string> PrivateProperties = new[]
    {
        "AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE", "MANAGER",
        "COMPANY", "NAMEOFAPPLICATION", "HYPERLINKBASE",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly StringBuilder _instruction = new();
    private List<string>? _arguments;

    /// <summary>What follows is the result. Before, it is the instruction, which nobody sees.</summary>
    public bool HasResult { get; set; }

    /// <summary>Whether its result is not shown. Page numbers mean nothing on the web.</summary>
    public bool IsLeftOut => IsPrivate || Code is "PAGE" or "NUMPAGES" or "SECTIONPAGES" or "PAGEREF";

    /// <summary>Whether it shows the name of an account or of a file on the editor's computer.</summary>
    public bool IsPrivate => PrivateProperties.Contains(Code ?? "")
        || (Code is "INFO" or "DOCPROPERTY"
            && PrivateProperties.Contains(
                string.Concat(Arguments.Skip(1).TakeWhile(argument => argument is not ['\\', ..])).ToUpperInvariant()
                    .Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>Where a <c>HYPERLINK "address" \l "place"</c> leads; null for other fields.</summary>
    public string? Link
    {
        get
        {
            if (Code is not "HYPERLINK")
            {
                return null;
            }

            var place = Arguments.IndexOf("\\l") is > 0 and var index && index + 1 < Arguments.Count
                ? "#" + Arguments[index + 1]
                : "";
            var address = Arguments.Count > 1 && Arguments[1] is not ['\\', ..] ? Arguments[1] : "";
            return address + place is { Length: > 0 } link ? link : null;
        }
    }

    /// <summary>
    /// A box to tick, and what was chosen of a list, stand in the field and not in its result; null for other fields.
    /// </summary>
    public string? FormText
    {
        get
        {
            var form = begin?.GetFirstChild<FormFieldData>();
            if (form?.GetFirstChild<CheckBox>() is { } box)
            {
                var isTicked = box.GetFirstChild<Checked>().IsOn()
                    ?? box.GetFirstChild<DefaultCheckBoxFormFieldState>().IsOn();
                return isTicked == true ? "☑" : "☐";
            }

            return form?.GetFirstChild<DropDownListFormField>() is { } list
                ? list.Elements<ListEntryFormField>()
                .ElementAtOrDefault(list.DropDownListSelection?.Val.ToNumber() ?? 0)?.Val?.Value
                : null;
        }
    }

    private string? Code => Arguments.FirstOrDefault()?.ToUpperInvariant();

    private List<string> Arguments => _arguments ??= [.. Argument().Matches(_instruction.ToString()).Select(Unquoted)];

    public void AppendInstruction(string? text)
    {
        _arguments = null;
        _instruction.Append(_instruction.Length + text?.Length < MaxLength ? text : "");
    }

    private static string Unquoted(Match argument) =>
        argument.Value.Trim('"', '“', '”').Replace("\\\\", "\\", StringComparison.Ordinal);

    [GeneratedRegex("""["“][^"”]*["”]|\S+""", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();
}
