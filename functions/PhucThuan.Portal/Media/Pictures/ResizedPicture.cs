namespace PhucThuan.Portal.Media.Pictures;

/// <summary>A smaller version of a picture, without the metadata of its camera.</summary>
/// <param name="Extension">As the name of a file with it ends, such as <c>.jpg</c>.</param>
public sealed record ResizedPicture(ReadOnlyMemory<byte> Content, string ContentType, string Extension)
{
    /// <summary>Stands for one that the reader has already.</summary>
    public static ResizedPicture Empty { get; } = new(default, "image/jpeg", ".jpg");
}
