using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Documents;

namespace PhucThuan.Tests.Articles.Catalogues;

[Fast]
public sealed class ArticleListingTests
{
    private static readonly DateTimeOffset First = new(2026, 11, 20, 7, 30, 0, TimeSpan.Zero);

    [Fact]
    public void When_two_files_share_a_slug_the_older_is_the_article_and_the_other_is_reported()
    {
        var listing = ArticleListing.Of([Blob("bai-moi.html", 2), Blob("Bài mới.docx", 1), Blob("Tin/BÀI MỚI.md", 3)]);

        Assert.Equal("Bài mới.docx", listing.Articles["bai-moi"].Name.BlobName);
        Assert.Equal(["bai-moi.html", "Tin/BÀI MỚI.md"], listing.Others.Select(file => file.BlobName));
        Assert.All(listing.Others, file => Assert.Contains("“Bài mới.docx”", file.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void The_order_of_the_listing_does_not_matter()
    {
        ListedBlob[] blobs = [Blob("bai.html", 1), Blob("Bai.html", 1), Blob("BAI.md", 1)];

        Assert.Equal("BAI.md", ArticleListing.Of(blobs).Articles["bai"].Name.BlobName);
        Assert.Equal("BAI.md", ArticleListing.Of([.. blobs.Reverse()]).Articles["bai"].Name.BlobName);
    }

    [Fact]
    public void A_file_of_a_refused_type_does_not_hide_an_article_with_its_slug() =>
        Assert.Equal(
            "bai.docx", ArticleListing.Of([Blob("bai.doc", 1), Blob("bai.docx", 2)]).Articles["bai"].Name.BlobName);

    [Fact]
    public void A_file_of_a_refused_type_is_reported_with_the_remedy() => Assert.Equal(
        [("a.pdf", OtherFiles.Pdf), ("b.odt", OtherFiles.OpenDocument)],
        ArticleListing.Of([Blob("b.odt", 2), Blob("a.pdf", 1)]).Others.Select(file => (file.BlobName, file.Reason)));

    private static ListedBlob Blob(string name, int minute) => new(name, "0x8D", First.AddMinutes(minute));
}
