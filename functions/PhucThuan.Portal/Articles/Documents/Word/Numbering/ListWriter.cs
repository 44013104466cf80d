using System.Text;

namespace PhucThuan.Portal.Articles.Documents.Word.Numbering;

/// <summary>Writes consecutive numbered paragraphs as nested lists.</summary>
internal sealed class ListWriter(StringBuilder html)
{
    /// <summary>
    /// Twips. A list with a deeper indent than this becomes a nested list, although Word stores two separate lists.
    /// </summary>
    private const int DeeperIndent = 150;

    /// <summary>Word has nine levels.</summary>
    private const int MaxDepth = 12;

    private readonly Stack<OpenList> _open = new();

    public void Append(WordNumber number, string content)
    {
        Prepare(number);
        var list = _open.Peek();
        html.Append(!number.IsBullet && list.Next != number.Value ? $"<li value=\"{number.Value}\">" : "<li>")
            .Append(content);
        list.Next = number.Value + 1;
    }

    /// <summary>Ends all lists.</summary>
    public void Close()
    {
        while (_open.Count > 0)
        {
            CloseOne();
        }
    }

    private void Prepare(WordNumber number)
    {
        if (_open.Any(
            list =>
                list.Number.List == number.List && list.Number.Level == number.Level
                    && list.Number.ListType == number.ListType))
        {
            while (_open.Peek().Number is var inner && (inner.List != number.List || inner.Level != number.Level))
            {
                CloseOne();
            }

            html.Append("</li>");
            return;
        }

        while (_open.TryPeek(out var outer) && (_open.Count >= MaxDepth || !IsWithin(number, outer.Number)))
        {
            CloseOne();
        }

        html.Append(number.IsBullet ? "<ul>" : OrderedList(number));
        _open.Push(new(number));
    }

    private static bool IsWithin(WordNumber number, WordNumber outer) =>
        number.List == outer.List ? number.Level > outer.Level : number.Indent > outer.Indent + DeeperIndent;

    private static string OrderedList(WordNumber number) =>
        "<ol" + (number.ListType == "1" ? "" : $" type=\"{number.ListType}\"")
            + (number.Value == 1 ? ">" : $" start=\"{number.Value}\">");

    private void CloseOne() => html.Append(_open.Pop().Number.IsBullet ? "</li></ul>" : "</li></ol>");

    private sealed class OpenList(WordNumber number)
    {
        public WordNumber Number { get; } = number;

        /// <summary>Number of the next item in HTML without a <c>value</c>.</summary>
        public int Next { get; set; } = number.Value;
    }
}
