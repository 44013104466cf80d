namespace PhucThuan.LocalHost;

/// <summary>What the command line asks for.</summary>
/// <param name="Port">Port on 127.0.0.1; 0 takes a free one.</param>
/// <param name="Articles">Folder to upload and follow; null for the samples.</param>
/// <param name="Data">Folder of Azurite's data.</param>
/// <param name="Storage">Connection string of storage to use instead of an Azurite of our own.</param>
public sealed record LocalHostOptions(int Port, DirectoryInfo? Articles, DirectoryInfo Data, string? Storage);
