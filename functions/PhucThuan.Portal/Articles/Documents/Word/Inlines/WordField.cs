using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PhucThuan.Portal.Articles.Documents.Word.Inlines;

/// <summary>A field: an instruction and its last result (ISO/IEC 29500-1, 17.16).</summary>
internal sealed partial class WordField(FieldChar? begin)
{
    public const int MaxNesting = 20;

    /// <summary>Maximum number of characters of an instruction; the longest are links.</summary>
    private const int MaxLength = 4096;

    // Codes of fields, and document properties that INFO and DOCPROPERTY show.
    private static readonly FrozenSet<string> PrivateProperties = new[]
    {
        "AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE", "MANAGER",
        "COMPANY", "NAMEOFAPPLICATION", "HYPERLINKBASE",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly StringBuilder _instruction = new();
    private List<string>? _arguments;

    /// <summary>
    /// True after the separator: the following text is the result. Text before it is the instruction.
    /// </summary>
    public bool HasResult { get; set; }

    /// <summary>True when the result is omitted: private fields, and page numbers.</summary>
    public bool IsLeftOut => IsPrivate || Code is "PAGE" or "NUMPAGES" or "SECTIONPAGES" or "PAGEREF";

    /// <summary>True when the result is the name of an account or of a local file.</summary>
    public bool IsPrivate => PrivateProperties.Contains(Code ?? "")
        || (Code is "INFO" or "DOCPROPERTY"
            && PrivateProperties.Contains(
                string.Concat(Arguments.Skip(1).TakeWhile(argument => argument is not ['\\', ..])).ToUpperInvariant()
                    .Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>Target of a <c>HYPERLINK "address" \l "place"</c>; null for other fields.</summary>
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
    /// State of a check box or selected entry of a list, which the field stores outside of its result; null for other
    /// fields.
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
