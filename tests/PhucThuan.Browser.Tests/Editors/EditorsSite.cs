using Azure.Storage.Blobs;
using Microsoft.Playwright;
using PhucThuan.LocalHost;
using PhucThuan.Tests.Articles.Documents;

namespace PhucThuan.Tests.Editors;

/// <summary>
/// A portal in preview mode: samples, files with problems, a draft, an urgent article and one from Word.
/// </summary>
public sealed class EditorsSite(BrowserFixture browser) : IAsyncLifetime
{
    public const string WordArticle = "/bai-viet/ngay-hoi-trong-cay";

    public const string UrgentTitle = "Tạm dừng họp chợ Phúc Thuận do mưa lũ";

    public const string DraftName = "lich-truc-tet.html";

    public const string Draft = """
        <title>Lịch trực Tết Nguyên đán</title><meta name="category" content="Thông báo">
        <meta name="description" content="Lịch trực của các bộ phận.">
        <p>Ủy ban nhân dân xã thông báo lịch trực Tết Nguyên đán của các bộ phận để bà con biết và liên hệ.</p>
        <ul><li>Bộ phận một cửa: từ 8 giờ đến 11 giờ</li><li>Trạm y tế: cả ngày</li></ul>
        """;

    private readonly AzuriteFixture _storage = new();
    private PortalHost? _host;

    public BlobContainerClient Articles => _storage.Articles;

    public BlobContainerClient Drafts => _storage.DraftFiles;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        await using (var services = PortalStorage.Connect(_storage.ConnectionString))
        {
            await new ArticleFolder(new DirectoryInfo(LocalHostCommand.Folder("Samples")), services)
                .UploadAsync(default);
        }

        await UploadAsync(Articles, "Tin tức/Ngày hội trồng cây.docx", BinaryData.FromBytes(Word()));
        await UploadAsync(Articles, "tam-dung-hop-cho.html", BinaryData.FromString($"""
            <title>{UrgentTitle}</title><meta name="date" content="20-11-2026 05:30">
            <meta name="category" content="Thông báo"><meta name="urgent" content="đến 01-01-2100">
            <meta name="description" content="Chợ tạm dừng đến khi nước rút.">
            <p>Do mưa lũ, chợ tạm dừng họp cho đến khi có thông báo mới.</p>
            """));
        await UploadAsync(Articles, "Kế hoạch thu gom rác.html", BinaryData.FromString("""
            <title>Kế hoạch thu gom rác</title><meta name="date" content="19-11-2026 08:00">
            <meta name="category" content="Thông bá">
            <p>Xe thu gom rác đi qua các xóm theo lịch trong <a href="media/lich-thu-gom.pdf">tệp này</a>.</p>
            <p><img src="media/xe-rac.jpg"></p>
            """));
        await UploadAsync(Articles, "Biên bản.pdf", BinaryData.FromString("%PDF-1.7"));
        await UploadAsync(Drafts, DraftName, BinaryData.FromString(Draft));
        _host = new PortalHost(
            _storage.ConnectionString,
            settings: new() { ["Site:ReloadsOnSave"] = "true", ["Articles:FreshSeconds"] = "0" });
    }

    public static Task UploadAsync(BlobContainerClient container, string name, BinaryData content) =>
        container.GetBlobClient(name).UploadAsync(content, overwrite: true);

    /// <inheritdoc cref="BrowserFixture.OpenAsync"/>
    public Task<OpenPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL ??= _host!.Address.ToString();
        return browser.OpenAsync(options);
    }

    /// <summary>Reads the address of the desk from the blob in <c>drafts</c>, like editors.</summary>
    public async Task<string> FindDeskAsync()
    {
        var blob = Drafts.GetBlobClient("dia-chi-ban-bien-tap.txt");
        await Eventually.AssertAsync(async () => Assert.True(await blob.ExistsAsync(), "The desk has no address yet."));
        return (await blob.DownloadContentAsync()).Value.Content.ToString().Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private static byte[] Word()
    {
        var picture = File.ReadAllBytes(
            Path.Combine(LocalHostCommand.Folder("Samples"), "media", "duong-xom-hang-cau.jpg"));
        return new WordFile(
            "<w:tbl>" + Row("Tiêu đề", "Ngày hội trồng cây ở xóm Hàng Cau") + Row("Ngày đăng", "20/11/2026 07:30")
                + Row("Tác giả", "Ban Biên tập")
            + Row("Tóm tắt", "Bà con trồng hai trăm cây xanh dọc đường mới.") + "</w:tbl>"
            + Paragraph(
                "Sáng nay, bà con xóm Hàng Cau ra quân trồng cây dọc tuyến đường mới mở, mở đầu phong trào trồng cây "
                    + "của xã.")
            + "<w:p><w:r><w:drawing><wp:inline><wp:extent cx='6858000' cy='3857625'/><wp:docPr id='1' name='Ảnh 1' "
            + "descr='Đồi chè bên con đường mới'/><a:graphic><a:graphicData uri='http://schemas.openxmlformats."
            + "org/drawingml/2006/picture'>"
            + "<pic:pic><pic:blipFill><a:blip r:embed='p1'/></pic:blipFill></pic:pic></a:graphicData></a:graphic>"
            + "</wp:inline></w:drawing></w:r></w:p>"
            + Paragraph("Kết quả", "<w:pPr><w:outlineLvl w:val='0'/></w:pPr>")
            + Paragraph("Hai trăm cây xanh được trồng", Item) + Paragraph("Ba tuyến đường được dọn sạch", Item))
            .Numbering(
                "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='•'/>"
                    + "</w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>")
            .Picture("p1", picture, "image1.jpg")
            .ToBytes();
    }

    private const string Item = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>";

    private static string Paragraph(string text, string properties = "") =>
        $"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>";

    private static string Row(string name, string value) =>
        $"<w:tr><w:tc>{Paragraph(name)}</w:tc><w:tc>{Paragraph(value)}</w:tc></w:tr>";
}
