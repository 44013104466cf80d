namespace PhucThuan.Portal.Articles;

/// <summary>Numbers of omitted parts of a file that are not intended for readers.</summary>
/// <param name="Hidden">Texts that are hidden, white or too small to be read.</param>
/// <param name="Deletions">Tracked deletions.</param>
/// <param name="Comments">Comments of reviewers.</param>
/// <param name="Fields">Fields with the name of an account, a local file or a template.</param>
/// <param name="PaperTexts">Headers and footers of printed pages, except page numbers.</param>
public sealed record Omissions(
    int Hidden = 0, int Deletions = 0, int Comments = 0, int Fields = 0, int PaperTexts = 0)
{
    public static Omissions None { get; } = new();
}
