
namespace PhucThuan.Tests.Media.Pictures;

public sealed class PictureSizesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_without_a_size_gets_its_real_size()
    {
        byte[] gif = [.. "GIF89a"u8, 30, 0, 20, 0, 0, 0, 0];
        await portal.Storage.Media.GetBlobClient("ảnh đẹp.gif")
            .UploadAsync(BinaryData.FromBytes(gif), overwrite: true, Cancellation);
        var decomposed = "lễ hội.gif".Normalize(System.Text.NormalizationForm.FormD);
        await portal.Storage.Media.GetBlobClient(decomposed)
            .UploadAsync(BinaryData.FromBytes(gif), overwrite: true, Cancellation);
        await portal.Storage.UploadAsync("co-anh", """
            <p>Xin&nbsp;chào</p><img src="media/ảnh đẹp.gif"><img src="media/ảnh đẹp.gif" width="3" height="2">
            <img src="media/lễ hội.gif"><img src="media/khong-co.gif"><img src="media/..%2fx.gif">
            """);

        var page = await portal.Client.GetStringAsync("/bai-viet/co-anh", Cancellation);

        Assert.Equal(2, page.Split("""width="30" height="20">""").Length - 1);
        Assert.Contains("""width="3" height="2""", page, StringComparison.Ordinal);
        Assert.Contains("khong-co.gif\" loading=\"lazy\" decoding=\"async\" alt=\"\">", page, StringComparison.Ordinal);
        Assert.Contains("Xin\u00A0chào", page, StringComparison.Ordinal);
    }
}
