using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>
/// The widths in which pictures of container <c>media</c> are offered, as <c>/media/anh.jpg?w=480</c>, and what a page says of
/// them to browsers, which choose one for their screen. Few, so that each is made once for many readers.
/// </summary>
public static class PictureWidths
{
    /// <summary>A list on a wide screen; a page on a phone whose pixels are twice as fine as those of CSS; the same on a wide screen.</summary>
    private static readonly int[] Offered = [480, 960, 1600];

    private static readonly string[] Extensions = [".jpeg", ".jpg", ".png", ".webp"];

    /// <summary>Pixels of CSS that <c>main</c> of the style sheet has at most, and beside it in all.</summary>
    private const int ColumnWidth = 736;

    private const int Margins = 32;

    private const int Middle = 960;

    /// <summary>How wide the style sheet makes the pictures of a list.</summary>
    public const string SizesInList = "(min-width: 38rem) 13rem, calc(100vw - 2rem)";

    /// <summary>As wide as the column; beside the categories of a very wide screen it is 4% more.</summary>
    public static string SizesOfLead { get; } = SizesInText(ColumnWidth);

    /// <summary>Pixels wanted by <c>?w=</c>; null without it.</summary>
    /// <returns>Null, or a sentence that says what is allowed.</returns>
    public static string? TryRead(IQueryCollection query, out int? width)
    {
        width = null;
        if (!query.TryGetValue("w", out var value))
        {
            return null;
        }

        width = Offered.Cast<int?>().FirstOrDefault(offered => value == Text(offered!.Value));
        return width is null ? $"Tham số w chỉ nhận {string.Join(", ", Offered[..^1])} hoặc {Offered[^1]}." : null;
    }

    /// <summary>Whether smaller versions of this file or address are made: of what is ours and, by its name, JPEG, PNG or WebP.</summary>
    public static bool AreOffered(string name) => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Attribute <c>srcset</c>; null when there is nothing to choose from.</summary>
    /// <param name="ownWidth">Pixels of the picture; null when they are not known.</param>
    public static string? SourceSet(string address, int? ownWidth)
    {
        if (!AreOffered(address) || ownWidth is not { } own || own <= Offered[0])
        {
            return null;
        }

        var smaller = Offered.Where(width => width < own).Select(width => $"{AddressOf(address, width)} {Text(width)}w");
        return string.Join(", ", own > Offered[^1] ? smaller : smaller.Append($"{address} {Text(own)}w"));
    }

    /// <summary>Address of a picture in a list for what knows no <c>srcset</c>, and while the width is not known.</summary>
    public static string SourceInList(string address, int? ownWidth) =>
        AreOffered(address) && ownWidth is null or > Middle ? AddressOf(address, Middle) : address;

    /// <summary>Attribute <c>sizes</c> of a picture in an article.</summary>
    /// <param name="shownWidth">Pixels of CSS that it has where there is room for them.</param>
    public static string SizesInText(int shownWidth)
    {
        var width = Math.Min(shownWidth, ColumnWidth);
        return $"(min-width: {Text(width + Margins)}px) {Text(width)}px, calc(100vw - 2rem)";
    }

    private static string AddressOf(string address, int width) => $"{address}?w={Text(width)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
