using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>Pages that an error page links to; equal when they are the same in the same order.</summary>
/// <param name="Similar">Pages whose address is like the requested one.</param>
public sealed record ErrorOffers(IReadOnlyList<PageLink> Similar, IReadOnlyList<PageLink> Newest)
{
    public static ErrorOffers None { get; } = new([], []);

    public bool Equals(ErrorOffers? other) =>
        other is not null && Similar.SequenceEqual(other.Similar) && Newest.SequenceEqual(other.Newest);

    public override int GetHashCode() => Similar.Concat(Newest).Aggregate(0, HashCode.Combine);
}
