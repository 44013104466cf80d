namespace PhucThuan.Portal.Media.Pictures;

/// <summary>
/// The limit for pictures of every origin: Word files, HTML, container <c>media</c>. The header is checked before
/// anything is decoded, because 100 megapixels take 400 MB of memory, here and in a reader's browser.
/// </summary>
internal static class PictureLimit
{
    /// <summary>Pixels; phone cameras have up to 50 million.</summary>
    public const int MaxPixels = 64_000_000;

    /// <summary>Length of a header in Base64 characters.</summary>
    private const int MaxEncoded = (PictureHeader.Length + 2) / 3 * 4;

    public static bool IsExceededBy(int width, int height) => (long)width * height > MaxPixels;

    /// <summary>Message for the editor with size, limit and advice.</summary>
    public static string Describe(int width, int height) =>
        $"quá lớn ({width} × {height} điểm ảnh, nhiều nhất là {MaxPixels / 1_000_000} triệu) nên không hiện; "
            + "hãy thu nhỏ ảnh rồi lưu lại";

    /// <summary>The size of a picture in a <c>data:</c> address if it exceeds the limit, otherwise null.</summary>
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
