using PhucThuan.Tests.Media.Pictures;

namespace PhucThuan.Tests.Articles.Lists;

public sealed class ListPicturesTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As for a picture whose size slow storage delivers late, the list is not cached for long.</summary>
    [Fact]
    public async Task A_picture_that_is_uploaded_after_its_article_gets_its_widths_in_a_cached_list()
    {
        await storage.UploadAsync("che", "<title>Chè</title><meta name=image content=media/che.png><p>Chữ");
        await using var host = new PortalHost(storage.ConnectionString);
        using var client = host.CreateClient();
        var before = await client.GetStringAsync("/", Cancellation);
        Assert.Contains("src=\"/media/che.png?w=960\"", before, StringComparison.Ordinal);
        Assert.DoesNotContain("srcset", before, StringComparison.Ordinal);

        using var picture = new MemoryStream(TestPicture.Quarters(700, 350).Png());
        await storage.Media.UploadBlobAsync("che.png", picture, Cancellation);

        await Eventually.AssertAsync(async () => Assert.Contains(
            "/media/che.png 700w", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal));
    }
}
