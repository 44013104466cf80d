namespace PhucThuan.LocalHost;

/// <summary>The pinned Azurite, installed by npm at the first start of a checkout.</summary>
public static class AzuritePackage
{
    /// <summary>The folder to run it in.</summary>
    public static async Task<string> EnsureInstalledAsync(CancellationToken cancellationToken)
    {
        var folder = LocalHostCommand.Folder("Azurite");
        await NpmPackage.EnsureInstalledAsync(
            folder,
            "Installing the storage emulator Azurite with npm, this once; it takes one to three minutes …",
            cancellationToken,
            instead: "name other storage with --storage");
        return folder;
    }
}
