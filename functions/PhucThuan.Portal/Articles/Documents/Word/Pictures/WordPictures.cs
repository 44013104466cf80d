using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Packaging;
using PhucThuan.Portal.Media.Pictures;
using Drawing = DocumentFormat.OpenXml.Drawing;
using Vml = DocumentFormat.OpenXml.Vml;

namespace PhucThuan.Portal.Articles.Documents.Word.Pictures;

/// <summary>
/// Embeds the pictures of a document in its HTML, resized for a page. Linked pictures are omitted, because the portal
/// must not request addresses from a file.
/// </summary>
internal sealed class WordPictures
{
    /// <summary>Pixels; the maximum width in pages at device pixel ratio 2.</summary>
    private const int MaxWidth = 1600;

    /// <summary>Maximum size in bytes of a picture in the file.</summary>
    private const int MaxLength = 20 * 1024 * 1024;

    /// <summary>Maximum total size in bytes of all pictures in the page.</summary>
    private const int MaxTotalLength = 6 * 1024 * 1024;

    /// <summary>
    /// Maximum total number of pixels of all pictures in the file: twenty photographs from a phone, which take a second
    /// to resize.
    /// </summary>
    private const long MaxTotalPixels = 240_000_000;

    /// <summary>English Metric Units per CSS pixel: 914,400 per inch, divided by 96.</summary>
    private const int UnitsPerPixel = 9525;

    private readonly HashSet<string> _remarks = [];
    private readonly Dictionary<(Uri Name, PictureCrop? Crop), DocumentPicture?> _fitted = [];
    private long _total;
    private long _pixels;

    public IEnumerable<string> Remarks => _remarks;

    /// <summary>
    /// HTML of the pictures of a drawing, without those in text boxes. A picture that cannot be shown is replaced by
    /// its alternative text.
    /// </summary>
    public string ToHtml(OpenXmlPart part, OpenXmlElement drawing)
    {
        var properties = drawing.Descendants<DocProperties>().FirstOrDefault();
        var alt = properties?.Description?.Value ?? properties?.Title?.Value
            ?? drawing.Descendants<Vml.Shape>().FirstOrDefault()?.Alternate?.Value ?? "";
        var extent = drawing.Descendants<Extent>().FirstOrDefault();
        var width = (int)Math.Clamp((extent?.Cx.ToLong() ?? 0) / UnitsPerPixel, 0, MaxWidth);
        var blips = drawing.Descendants<Drawing.Blip>().Where(IsOutsideOfBox).ToList();
        var old = drawing.Descendants<Vml.ImageData>().Where(IsOutsideOfBox).ToList();
        if (blips.Count + old.Count == 0
            && drawing.Descendants<Drawing.GraphicData>().FirstOrDefault()?.Uri?.Value is { } kind && IsDiagram(kind))
        {
            _remarks.Add(
                "biểu đồ hoặc sơ đồ vẽ trong Word không hiện được; hãy chụp hình ấy thành ảnh rồi chèn vào bài");
            return HtmlText.Encode(alt);
        }

        return string.Concat(
            blips.Select(
                blip =>
                    Picture(part, blip.Embed?.Value, blip.Link?.Value, alt, blips.Count == 1 ? width : 0, CropOf(blip)))
            .Concat(old.Select(data => Picture(part, data.RelationshipId?.Value, data.RelHref?.Value, alt, 0, null))));

        bool IsOutsideOfBox(OpenXmlElement picture) =>
            !picture.Ancestors().TakeWhile(outer => outer != drawing)
                .Any(outer => outer is DocumentFormat.OpenXml.Wordprocessing.TextBoxContent);
    }

    /// <summary>True when the drawing is hidden in Word's selection pane or by VML style.</summary>
    public static bool IsHidden(OpenXmlElement drawing) =>
        drawing.Descendants<DocProperties>().FirstOrDefault()?.Hidden?.InnerText is "1" or "true" or "on"
        || drawing
            .Descendants<Vml.Shape>()
            .FirstOrDefault()
            ?.Style?.Value?.Replace(" ", "", StringComparison.Ordinal)
            .Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsDiagram(string kind) =>
        kind.Contains("chart", StringComparison.Ordinal) || kind.Contains("diagram", StringComparison.Ordinal);

    private string Picture(OpenXmlPart part, string? id, string? link, string alt, int width, PictureCrop? crop)
    {
        if (string.IsNullOrEmpty(id) || !part.Parts.Any(pair => pair.RelationshipId == id)
            || part.GetPartById(id) is not ImagePart image)
        {
            if (!string.IsNullOrEmpty(id) && link is null
                && !part.ExternalRelationships.Any(relation => relation.Id == id))
            {
                _remarks.Add("tệp Word thiếu ảnh nên ảnh ấy không hiện; hãy mở tệp bằng Word, chèn lại ảnh rồi lưu");
            }
            else if (id is not null || link is not null)
            {
                _remarks.Add(
                    "có ảnh nằm ngoài tệp Word nên không hiện; hãy chèn ảnh vào bài (Chèn → Ảnh), không liên kết tới "
                        + "ảnh");
            }

            return HtmlText.Encode(alt);
        }

        if (Read(image) is not { } file || PictureHeader.Read(file) is not var (pixels, height))
        {
            _remarks.Add(
                $"ảnh “{Path.GetFileName(image.Uri.OriginalString)}” không hiện được; các loại ảnh được phép: JPEG, "
                    + $"PNG, GIF, WebP");
            return HtmlText.Encode(alt);
        }

        if (Fit(image.Uri, file, (long)pixels * height, crop) is not { } fitted
            || (_total += fitted.Content.Length) > MaxTotalLength)
        {
            _remarks.Add(
                $"ảnh “{Path.GetFileName(image.Uri.OriginalString)}” quá lớn ({pixels} × {height} điểm ảnh) nên không "
                    + $"hiện; hãy thu nhỏ ảnh (Định dạng ảnh → Nén ảnh) rồi lưu lại");
            return HtmlText.Encode(alt);
        }

        var size = width > 0 && fitted.Width > 0
            ? $" width=\"{width}\" height=\"{Math.Max(1, (long)width * fitted.Height / fitted.Width)}\""
            : $" width=\"{fitted.Width}\" height=\"{fitted.Height}\"";
        return $"<img src=\"data:{fitted.ContentType};base64,{Convert.ToBase64String(fitted.Content)}\""
            + $" alt=\"{HtmlText.Encode(alt)}\"{size}>";
    }

    /// <summary>Resizes each picture once, even if it is used repeatedly; null if it is too large.</summary>
    private DocumentPicture? Fit(Uri name, byte[] file, long pixels, PictureCrop? crop)
    {
        if (!_fitted.TryGetValue((name, crop), out var fitted) && (_pixels += pixels) < MaxTotalPixels)
        {
            _fitted[(name, crop)] = fitted = DocumentPicture.Fit(file, MaxWidth, crop);
        }

        return fitted;
    }

    /// <summary>Null for a picture that unpacks to more than <see cref="MaxLength"/>.</summary>
    private static byte[]? Read(ImagePart image)
    {
        using var content = image.GetStream(FileMode.Open, FileAccess.Read);
        using var file = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            file.Write(buffer, 0, read);
            if (file.Length > MaxLength)
            {
                return null;
            }
        }

        return file.ToArray();
    }

    /// <summary>
    /// The crop of a picture. The file still contains the cropped parts, which must not be published.
    /// </summary>
    private static PictureCrop? CropOf(Drawing.Blip blip)
    {
        var cut = blip.Parent?.GetFirstChild<Drawing.SourceRectangle>();
        var crop = new PictureCrop(Share(cut?.Left), Share(cut?.Top), Share(cut?.Right), Share(cut?.Bottom));
        return crop == new PictureCrop(0, 0, 0, 0) ? null : crop;

        // In thousandths of a percent; a negative value would add a margin.
        static double Share(Int32Value? value) => Math.Clamp((value.ToNumber() ?? 0) / 100_000.0, 0, 1);
    }
}
