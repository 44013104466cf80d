using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>Pages that an error page links to, compared by value and order.</summary>
/// <param name="Similar">Pages whose address is similar to the requested one.</param>
public sealed record ErrorOffers(IReadOnlyList<PageLink> Similar, IReadOnlyList<PageLink> Newest)
{
    public static ErrorOffers None { get; } = new([], []);

    public bool Equals(ErrorOffers? other) =>
        other is not null && Similar.SequenceEqual(other.Similar) && Newest.SequenceEqual(other.Newest);

    public override int GetHashCode() => Similar.Concat(Newest).Aggregate(0, HashCode.Combine);
}
