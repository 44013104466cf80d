using System.Net;
using System.Text;
using PhucThuan.Portal.Articles.Metadata;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>Creates the HTML that documents are converted to.</summary>
internal static class HtmlText
{
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>
    /// A complete document: a head with the metadata, by canonical names (<see cref="MetadataNames"/>), and the body.
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
