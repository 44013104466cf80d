using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Portal.Articles.Lists;

/// <summary>The pictures of the articles in a list.</summary>
internal static class CardPictures
{
    /// <summary>
    /// Picture sizes by address, and the articles; a picture that is too large to be shown is removed from its article.
    /// </summary>
    public static async Task<(List<ArticleSummary> Articles, IReadOnlyDictionary<string, PictureSize> Sizes)>
        FindForAsync(
            this PictureSizes sizes, IEnumerable<ArticleSummary> articles, CancellationToken cancellationToken)
    {
        var list = articles.ToList();
        var found = await sizes.FindAsync(
            list.Select(article => article.Image).OfType<string>().Where(PictureHeader.IsReadable), cancellationToken);
        return ([.. list.Select(article => IsShown(article, found) ? article : article with { Image = null })], found);
    }

    private static bool IsShown(ArticleSummary article, IReadOnlyDictionary<string, PictureSize> sizes) =>
        article.Image is null || !sizes.TryGetValue(article.Image, out var size)
            || !PictureLimit.IsExceededBy(size.Width, size.Height);
}
