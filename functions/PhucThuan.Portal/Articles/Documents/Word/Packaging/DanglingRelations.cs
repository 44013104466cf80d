using System.IO.Compression;
using System.Xml.Linq;

namespace PhucThuan.Portal.Articles.Documents.Word.Packaging;

/// <summary>
/// Removes relationships to missing parts, such as a lost picture, or the target <c>NULL</c> that Word writes for a
/// picture that it could not save. The library refuses a package with such a relationship.
/// </summary>
internal static class DanglingRelations
{
    private static readonly XName Relationship =
        XName.Get("Relationship", "http://schemas.openxmlformats.org/package/2006/relationships");

    /// <param name="package">A ZIP archive whose XML has been checked for its limits. Changed in place.</param>
    public static void Remove(Stream package)
    {
        var repaired = new List<(string Entry, XDocument Relations)>();
        using (var archive = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true))
        {
            var names = archive.Entries.Select(entry => NameOf(entry.FullName))
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in archive.Entries.Where(
                entry => entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
            {
                if (Repair(entry, names) is { } relations)
                {
                    repaired.Add((entry.FullName, relations));
                }
            }
        }

        if (repaired.Count > 0)
        {
            using var archive = new ZipArchive(package, ZipArchiveMode.Update, leaveOpen: true);
            foreach (var (name, relations) in repaired)
            {
                archive.GetEntry(name)!.Delete();
                using var content = archive.CreateEntry(name).Open();
                relations.Save(content);
            }
        }

        package.Position = 0;
    }

    /// <summary>Null for an entry without dangling relationships.</summary>
    private static XDocument? Repair(ZipArchiveEntry entry, HashSet<string> names)
    {
        using var content = entry.Open();
        var relations = XDocument.Load(content);
        var dangling = relations.Descendants(Relationship)
            .Where(relation => relation.Attribute("TargetMode")?.Value != "External"
                && !names.Contains(TargetOf(relation, entry.FullName))).ToList();
        dangling.ForEach(relation => relation.Remove());
        return dangling.Count > 0 ? relations : null;
    }

    /// <summary>
    /// Resolves a target, which is relative to the source part: <c>word/_rels/document.xml.rels</c> contains the
    /// relationships of <c>word/document.xml</c> (ECMA-376, part 2, 6.5.2).
    /// </summary>
    private static string TargetOf(XElement relation, string entry)
    {
        var folder = NameOf(entry).Split('/')[..^2];
        var target = (relation.Attribute("Target")?.Value ?? "").Split('#')[0].Replace('\\', '/');
        var path = new List<string>(target is ['/', ..] ? [] : folder);
        foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (step is not ("." or ".."))
            {
                path.Add(Uri.UnescapeDataString(step));
            }
        }

        return string.Join('/', path);
    }

    private static string NameOf(string entry) => Uri.UnescapeDataString(entry.Replace('\\', '/').TrimStart('/'));
}
