using NUglify;
using NUglify.Css;

namespace PhucThuan.Portal.Site;

/// <summary>
/// Style sheets and scripts without comments and white space: 4 of 14 KB that a reader's first page may have (RFC
/// 6928).
/// </summary>
internal static class MinifiedText
{
    // Values as they are written: the minifier does not know what newer browsers compute with.
    private static readonly CssSettings StyleSettings = new()
    {
        CommentMode = CssComment.None,
        ColorNames = CssColor.NoSwap,
        MinifyExpressions = false,
    };

    /// <exception cref="InvalidOperationException">The style sheet has an error.</exception>
    public static string OfStyles(string text) => Checked(Uglify.Css(text, StyleSettings));

    /// <exception cref="InvalidOperationException">The script has an error.</exception>
    public static string OfScript(string text) => Checked(Uglify.Js(text));

    private static string Checked(UglifyResult result) =>
        result.HasErrors ? throw new InvalidOperationException(string.Join('\n', result.Errors)) : result.Code;
}
