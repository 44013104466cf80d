using System.ComponentModel;
using System.Diagnostics;
using PhucThuan.Tests.Media.Pictures;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>Exports one document with LibreOffice, which runs with a temporary user profile.</summary>
public sealed class LibreOfficeExports : IDisposable
{
    private const string Program = "soffice";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phucthuan-");

    /// <param name="filter">
    /// Argument of <c>--convert-to</c>: an extension, optionally followed by a colon and the name of the export filter.
    /// </param>
    public async Task<byte[]> MakeAsync(string extension, string filter, CancellationToken cancellationToken)
    {
        var source = Path.Combine(_folder.FullName, "ke-hoach.fodt");
        await File.WriteAllTextAsync(
            source, LibreOfficeDocument.Make(TestPicture.Quarters(640, 360).Png()), cancellationToken);
        using var process = Start(filter, source);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var export = Path.ChangeExtension(source, extension);
        Assert.True(File.Exists(export), await errors);
        return await File.ReadAllBytesAsync(export, cancellationToken);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Process Start(string filter, string source)
    {
        var start = new ProcessStartInfo(Program)
        {
            ArgumentList =
            {
                "-env:UserInstallation=" + new Uri(Path.Combine(_folder.FullName, "profile")), "--headless",
                "--convert-to", filter,
                "--outdir", _folder.FullName, source,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip(
                "LibreOffice (soffice) is not installed; on Debian and Ubuntu it is package libreoffice-writer.");
            throw;
        }
    }
}
