namespace PhucThuan.LocalHost;

/// <summary>Parsed command line.</summary>
/// <param name="Port">Port on 127.0.0.1; 0 for a free port.</param>
/// <param name="Articles">Folder to upload and follow; null for the samples.</param>
/// <param name="Data">Data folder of Azurite.</param>
/// <param name="Storage">Connection string of a storage account; null to start Azurite.</param>
public sealed record LocalHostOptions(int Port, DirectoryInfo? Articles, DirectoryInfo Data, string? Storage);
