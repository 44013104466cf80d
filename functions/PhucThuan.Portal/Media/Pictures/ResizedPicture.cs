namespace PhucThuan.Portal.Media.Pictures;

/// <summary>A resized picture without camera metadata.</summary>
public sealed record ResizedPicture(ReadOnlyMemory<byte> Content, PictureType Type);
