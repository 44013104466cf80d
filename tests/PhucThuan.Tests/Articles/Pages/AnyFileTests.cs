using System.Net;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Specialized;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Tests.Articles.Documents;
using PhucThuan.Tests.Media.Pictures;

namespace PhucThuan.Tests.Articles.Pages;

/// <summary>Files of every type and name, from the upload to the page that readers get.</summary>
public sealed class AnyFileTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Word_file_in_a_folder_is_listed_found_served_and_removed_like_any_article()
    {
        await UploadAsync(
            "Tin tức/Lễ khánh thành.docx", new WordFile("<w:p><w:r><w:t>Chữ của tệp Word rồng bay</w:t></w:r></w:p>")
                .ToBytes());

        await Eventually.AssertAsync(async () =>
        {
            Assert.Contains(
                "/bai-viet/le-khanh-thanh", await GetAsync("/chuyen-muc/tin-tuc"), StringComparison.Ordinal);
            var page = await GetAsync("/bai-viet/le-khanh-thanh");
            Assert.Contains("<h1>Lễ khánh thành</h1>", page, StringComparison.Ordinal);
            Assert.Contains("rồng bay", page, StringComparison.Ordinal);
            Assert.Contains(
                "/bai-viet/le-khanh-thanh", await GetAsync("/tim-kiem?q=rồng+bay"), StringComparison.Ordinal);
        });

        await portal.Storage.Articles.DeleteBlobAsync("Tin tức/Lễ khánh thành.docx", cancellationToken: Cancellation);
        await Eventually.AssertAsync(async () =>
        {
            using var gone = await portal.Client.GetAsync("/bai-viet/le-khanh-thanh", Cancellation);
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        });
    }

    [Fact]
    public async Task Links_and_pictures_of_an_article_in_a_folder_lead_to_the_files()
    {
        await UploadAsync("Thông báo/Mẫu đơn.docx", new WordFile("<w:p><w:r><w:t>Mẫu</w:t></w:r></w:p>").ToBytes());
        await UploadAsync(
            "Thông báo/Bài một.HTML",
            [
                .. "<title>Bài một</title><a href='Mẫu đơn.docx'>a</a><a href='Bài hai.htm'>b</a>"u8,
                .. "<a href=phu-luc.docx>c</a><img src=anh.png><img src=anh2.png>"u8,
            ]);
        using var picture = new MemoryStream(TestPicture.Quarters(40, 20).Png());
        await portal.Storage.Media.UploadBlobAsync("Thông báo/anh.png", picture, Cancellation);
        picture.Position = 0;
        await portal.Storage.Media.UploadBlobAsync("anh2.png", picture, Cancellation);

        await Eventually.AssertAsync(async () =>
        {
            var page = await GetAsync("/bai-viet/bai-mot");
            Assert.Contains("href=\"/bai-viet/mau-don\"", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/bai-viet/bai-hai\"", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/media/Th%C3%B4ng%20b%C3%A1o/phu-luc.docx\"", page, StringComparison.Ordinal);
            foreach (var name in new[] { "anh.png", "anh2.png" })
            {
                Assert.Contains($"src=\"/media/Th%C3%B4ng%20b%C3%A1o/{name}\"", page, StringComparison.Ordinal);
                using var answer = await portal.Client.GetAsync("/media/Th%C3%B4ng%20b%C3%A1o/" + name, Cancellation);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        });
    }

    [Fact]
    public async Task A_damaged_file_is_not_shown_and_affects_no_other()
    {
        await UploadAsync("hong.docx", [(byte)'P', (byte)'K', 3, 4, 1, 2, 3]);
        await UploadAsync("Không phải bài.pdf", "%PDF-1.7"u8.ToArray());
        await UploadAsync("lanh.md", "# Bài lành\n\nchữ"u8.ToArray());

        await Eventually.AssertAsync(async () =>
        {
            var home = await GetAsync("/");
            Assert.Contains("/bai-viet/lanh", home, StringComparison.Ordinal);
            Assert.DoesNotContain("/bai-viet/hong", home, StringComparison.Ordinal);
            Assert.DoesNotContain("khong-phai-bai", home, StringComparison.Ordinal);
        });
        using var broken = await portal.Client.GetAsync("/bai-viet/hong", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, broken.StatusCode);
    }

    [Fact]
    public async Task A_file_of_100_MB_is_refused_by_its_size_and_affects_no_other()
    {
        // One block of 4 MB, 25 times.
        const int Blocks = 25;
        var blob = new BlockBlobClient(portal.Storage.ConnectionString, "articles", "rat-nang.docx");
        var id = Convert.ToBase64String("1"u8);
        using var block = new MemoryStream(new byte[4 * 1024 * 1024]);
        await blob.StageBlockAsync(id, block, cancellationToken: Cancellation);
        await blob.CommitBlockListAsync(Enumerable.Repeat(id, Blocks), cancellationToken: Cancellation);
        await UploadAsync("nhe.md", "# Bài nhẹ\n\nchữ"u8.ToArray());

        await Eventually.AssertAsync(async () =>
        {
            var home = await GetAsync("/");
            Assert.Contains("/bai-viet/nhe", home, StringComparison.Ordinal);
            Assert.DoesNotContain("/bai-viet/rat-nang", home, StringComparison.Ordinal);
        });
        using var refused = await portal.Client.GetAsync("/bai-viet/rat-nang", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        await blob.DeleteAsync(cancellationToken: Cancellation);
    }

    [Fact]
    public async Task The_picture_of_a_Word_file_is_shown_in_lists_and_to_social_networks()
    {
        await UploadAsync("Ảnh của xã.docx", new WordFile(
            "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='a'/><a:graphic><a:graphicData uri='u'><pic:pic>"
                + "<pic:blipFill>"
            + "<a:blip r:embed='p'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
            + "</w:r></w:p>")
            .Picture("p", TestPicture.Photograph(1200, 675), "image1.jpg").ToBytes());

        var picture = "";
        await Eventually.AssertAsync(async () =>
        {
            picture = Regex.Match(await GetAsync("/"), "/bai-viet/anh-cua-xa/anh\\?v=[0-9a-f]+").Value;
            Assert.NotEqual("", picture);
        });
        using var answer = await portal.Client.GetAsync(picture, Cancellation);
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((960, 540), PictureHeader.Read(await answer.Content.ReadAsByteArrayAsync(Cancellation)));
        Assert.Contains(picture + "\"", await GetAsync("/bai-viet/anh-cua-xa"), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(
            HttpMethod.Get, picture)
        { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        using var known = await portal.Client.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var none = await portal.Client.GetAsync("/bai-viet/khong-co/anh", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private async Task UploadAsync(string name, byte[] content) =>
        await portal.Storage.Articles.GetBlobClient(name)
            .UploadAsync(BinaryData.FromBytes(content), overwrite: true, Cancellation);

    private Task<string> GetAsync(string address) => portal.Client.GetStringAsync(address, Cancellation);
}
