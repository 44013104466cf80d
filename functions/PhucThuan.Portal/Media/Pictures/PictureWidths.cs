using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>
/// Widths of resized pictures, such as <c>/media/anh.jpg?w=480</c>, and the attributes <c>srcset</c> and <c>sizes</c>
/// from which a browser chooses one. Only a few widths, so that each resized picture serves many readers.
/// </summary>
public static class PictureWidths
{
    /// <summary>
    /// Pixels, in this order for: a list on a wide screen; an article on a small and on a large phone with device pixel
    /// ratio 2; an article on a phone with ratio 3; an article on a wide screen.
    /// </summary>
    private static readonly int[] Offered = [480, 640, 720, 960, 1600];

    private static readonly string[] Extensions = [".jpeg", ".jpg", ".png", ".webp"];

    /// <summary>Maximum width of <c>main</c> in the style sheet, and total horizontal padding, in CSS pixels.</summary>
    private const int ColumnWidth = 736;

    private const int Margins = 32;

    private const int Middle = 960;

    /// <summary>Width of list pictures in the style sheet, beside the text.</summary>
    public const string SizesInList = "(min-width: 608px) 208px, 112px";

    /// <summary>Width of pictures in a list of three columns on a wide screen.</summary>
    public const string SizesInColumns =
        "(min-width: 1184px) 357px, (min-width: 1024px) calc(33.3vw - 37px), " + SizesInList;

    /// <summary>Width of the lead story: two of three columns on a wide screen, otherwise all.</summary>
    public const string SizesOfLead =
        "(min-width: 1184px) 755px, (min-width: 1024px) calc(66.7vw - 35px), calc(100vw - 32px)";

    /// <summary>Reads parameter <c>w</c>, a width in pixels; null without it.</summary>
    /// <returns>An error message with the allowed widths; null for a valid or missing parameter.</returns>
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

    /// <summary>True for files that can be resized: JPEG, PNG or WebP, by extension.</summary>
    public static bool AreOffered(string name) =>
        Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Attribute <c>srcset</c>; null when there is only one width.</summary>
    /// <param name="ownWidth">Width of the original in pixels; null when unknown.</param>
    public static string? SourceSet(string address, int? ownWidth)
    {
        if (!AreOffered(address) || ownWidth is not { } own || own <= Offered[0])
        {
            return null;
        }

        var smaller = Offered.Where(width => width < own)
            .Select(width => $"{AddressOf(address, width)} {Text(width)}w");
        return string.Join(", ", own > Offered[^1] ? smaller : smaller.Append($"{address} {Text(own)}w"));
    }

    /// <summary>Address of a list picture for browsers without <c>srcset</c>, or when the width is unknown.</summary>
    public static string SourceInList(string address, int? ownWidth) =>
        AreOffered(address) && ownWidth is null or > Middle ? AddressOf(address, Middle) : address;

    /// <summary>Attribute <c>sizes</c> of a picture in an article.</summary>
    /// <param name="shownWidth">Displayed width in CSS pixels when there is enough room.</param>
    public static string SizesInText(int shownWidth)
    {
        var width = Math.Min(shownWidth, ColumnWidth);
        return $"(min-width: {Text(width + Margins)}px) {Text(width)}px, calc(100vw - 2rem)";
    }

    private static string AddressOf(string address, int width) => $"{address}?w={Text(width)}";

    /// <summary>Digits of a width.</summary>
    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
