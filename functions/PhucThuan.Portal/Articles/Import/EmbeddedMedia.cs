using AngleSharp.Dom;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Replaces embedded video, audio, maps and documents by links, because pages must not load content from other sites.
/// </summary>
internal static class EmbeddedMedia
{
    private const string YouTubeFrame = "/embed/";

    public static void ReplaceWithLinks(IDocument document, IElement content)
    {
        foreach (var element in content.QuerySelectorAll("iframe, video, audio, object, embed").ToList())
        {
            if (AddressOf(element) is not { } address)
            {
                element.Remove();
                continue;
            }

            var link = document.CreateElement("a");
            link.SetAttribute("href", address);
            link.TextContent = NameOf(address);
            if (element.Closest("p, li, td, th, figure, dd") is not null)
            {
                element.Replace(link);
                continue;
            }

            var paragraph = document.CreateElement("p");
            paragraph.AppendChild(link);
            element.Replace(paragraph);
        }
    }

    private static string? AddressOf(IElement element)
    {
        var reference = element.GetAttribute("src") ?? element.GetAttribute("data")
            ?? element.QuerySelector("source[src]")?.GetAttribute("src");
        if (MediaAddress.FromFile(reference) is { } ours)
        {
            return ours;
        }

        var absolute = reference?.Trim() is ['/', '/', ..] withoutScheme ? "https:" + withoutScheme : reference;
        if (!Uri.TryCreate(absolute, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return null;
        }

        return uri.Host.Contains("youtube", StringComparison.OrdinalIgnoreCase)
            && uri.AbsolutePath.StartsWith(YouTubeFrame, StringComparison.Ordinal)
            ? "https://www.youtube.com/watch?v=" + uri.AbsolutePath[YouTubeFrame.Length..]
            : uri.AbsoluteUri;
    }

    private static string NameOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var elsewhere) && !elsewhere.IsFile
        ? "Xem tại " + elsewhere.Host
        : "Mở tệp " + Uri.UnescapeDataString(address[(address.LastIndexOf('/') + 1)..]);
}
