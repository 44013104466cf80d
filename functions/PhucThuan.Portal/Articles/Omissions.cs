namespace PhucThuan.Portal.Articles;

/// <summary>The numbers of parts of a file that were left out because they are not meant for readers.</summary>
/// <param name="Hidden">Pieces of hidden text: hidden, white or too small to be read.</param>
/// <param name="Deletions">Tracked deletions.</param>
/// <param name="Comments">Comments of reviewers.</param>
/// <param name="Fields">Fields with the name of an account, of a computer's file, or of a template.</param>
/// <param name="PaperTexts">Headers and footers of printed pages, page numbers excepted.</param>
public sealed record Omissions(
    int Hidden = 0, int Deletions = 0, int Comments = 0, int Fields = 0, int PaperTexts = 0)
{
    public static Omissions None { get; } = new();
}
