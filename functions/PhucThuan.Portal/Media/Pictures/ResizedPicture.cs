namespace PhucThuan.Portal.Media.Pictures;

/// <summary>A resized picture without camera metadata.</summary>
/// <param name="Extension">File extension, such as <c>.jpg</c>.</param>
public sealed record ResizedPicture(ReadOnlyMemory<byte> Content, string ContentType, string Extension)
{
    /// <summary>Placeholder for a picture that the client has already.</summary>
    public static ResizedPicture Empty { get; } = new(default, "image/jpeg", ".jpg");
}
