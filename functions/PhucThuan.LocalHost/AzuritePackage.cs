namespace PhucThuan.LocalHost;

/// <summary>The pinned version of Azurite, installed by npm at the first start in a checkout.</summary>
public static class AzuritePackage
{
    /// <summary>Working directory for Azurite.</summary>
    public static async Task<string> EnsureInstalledAsync(CancellationToken cancellationToken)
    {
        var folder = LocalHostCommand.Folder("Azurite");
        await NpmPackage.EnsureInstalledAsync(
            folder,
            "Installing the storage emulator Azurite with npm, once; it can take a minute …",
            cancellationToken,
            instead: "name other storage with --storage");
        return folder;
    }
}
