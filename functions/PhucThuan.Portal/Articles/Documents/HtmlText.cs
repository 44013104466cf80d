using System.Net;
using System.Text;
using PhucThuan.Portal.Articles.Metadata;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>Writes text into the HTML that documents are converted to.</summary>
internal static class HtmlText
{
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>
    /// A head with what the document says of itself, by the names of <see cref="MetadataNames"/>, and the body.
    /// </summary>
    public static string Document(IEnumerable<KeyValuePair<string, string>> metadata, StringBuilder body)
    {
        var html = new StringBuilder("<!DOCTYPE html><html><head>");
        foreach (var (name, value) in metadata)
        {
            html.Append(
                name == "title"
                    ? $"<title>{Encode(value)}</title>"
                    : $"<meta name=\"{name}\" content=\"{Encode(value)}\">");
        }

        return html.Append("</head><body>").Append(body).Append("</body></html>").ToString();
    }
}
