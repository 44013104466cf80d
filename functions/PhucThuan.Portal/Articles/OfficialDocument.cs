namespace PhucThuan.Portal.Articles;

/// <summary>The official document that an article publishes; the parts are those of decree 30/2020/NĐ-CP.</summary>
/// <param name="Number">Number and symbol: <c>12/TB-UBND</c>.</param>
/// <param name="Issuer">Body that issued it: <c>UBND xã Phúc Thuận</c>.</param>
public sealed record OfficialDocument(string? Number, DateOnly? Issued, string? Issuer);
