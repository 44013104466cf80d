namespace PhucThuan.Portal.Media.Pictures;

/// <summary>
/// The limit for pictures of every origin: Word files, HTML, container <c>media</c>. It is checked in the header of the
/// file, before anything is decoded: 100 megapixels take 400 MB of memory, in a reader's browser too.
/// </summary>
internal static class PictureLimit
{
    /// <summary>Pixels; cameras of phones have up to 50 million.</summary>
    public const int MaxPixels = 64_000_000;

    /// <summary>Characters of Base64 that hold a header.</summary>
    private const int MaxEncoded = (PictureHeader.Length + 2) / 3 * 4;

    public static bool IsExceededBy(int width, int height) => (long)width * height > MaxPixels;

    /// <summary>What the editor reads: <c>quá lớn (10000 × 10000 điểm ảnh)</c> and what to do.</summary>
    public static string Describe(int width, int height) =>
        $"quá lớn ({width} × {height} điểm ảnh, nhiều nhất là {MaxPixels / 1_000_000} triệu) nên không hiện; "
            + "hãy thu nhỏ ảnh rồi lưu lại";

    /// <summary>The size of a picture in a <c>data:</c> address that is too large; null for another one.</summary>
    public static (int Width, int Height)? FindTooLarge(string dataAddress)
    {
        var start = dataAddress.IndexOf(',', StringComparison.Ordinal) + 1;
        var encoded = string.Concat(
            dataAddress.AsSpan(start, Math.Min(MaxEncoded, dataAddress.Length - start)).ToString()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        encoded = encoded[..(encoded.Length / 4 * 4)];
        var file = new byte[encoded.Length / 4 * 3];
        return Convert.TryFromBase64String(encoded, file, out _)
            && PictureHeader.Read(file) is var (width, height) && IsExceededBy(width, height)
            ? (width, height)
            : null;
    }
}
