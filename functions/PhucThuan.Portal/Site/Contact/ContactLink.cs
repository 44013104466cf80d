namespace PhucThuan.Portal.Site.Contact;

/// <summary>A link to another body, to public services or for feedback.</summary>
public sealed record ContactLink(string Name, Uri Address)
{
    private const int MaxName = 60;

    /// <summary>Null unless the entry is <c>name = address</c> with a scheme that a reader can follow.</summary>
    public static ContactLink? Parse(string entry)
    {
        var separator = entry.IndexOf('=', StringComparison.Ordinal);
        var name = separator < 0 ? "" : entry[..separator].Trim();
        return name.Length is > 0 and <= MaxName
            && Uri.TryCreate(entry[(separator + 1)..].Trim(), UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http" or "mailto"
                ? new(name, address)
                : null;
    }
}
