using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Tests.Layout;

/// <summary>A portal with extreme content: very long words, many categories, wide tables, tall pictures.</summary>
[CollectionDefinition(nameof(DifficultSite))]
public sealed class DifficultSite : IAsyncLifetime, ICollectionFixture<DifficultSite>
{
    /// <summary>CSS pixels between Chromium's default margins on A4.</summary>
    public const int PaperWidth = 718;

    public const string LongTitle = "/bai-viet/tieu-de-dai";
    public const string Neighbour = "/bai-viet/ben-canh";
    public const string Document = "/bai-viet/quyet-dinh";

    /// <summary>A table of 30 rows and 12 columns.</summary>
    public const string LongTable = "/bai-viet/danh-sach";

    /// <summary>An article that was published and then deleted.</summary>
    public const string Gone = "/bai-viet/da-go";

    /// <summary>Exports of Word, Google Docs and LibreOffice, from folder <c>imports</c>.</summary>
    public static readonly string[] Imports =
    [
        "/bai-viet/tu-word",
        "/bai-viet/tu-google-docs",
        "/bai-viet/tu-libreoffice",
    ];

    private const int Categories = 14;
    private const int Others = 30;
    private const int WithoutCategory = 22;

    /// <summary>A PNG of 1×4 pixels.</summary>
    private const string TallPicture =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAEAQAAAABno2iXAAAAC0lEQVR4nGNggAAAAAgAAbdYc5UAAAAASUVORK5CYII=";

    /// <summary>Takes two lines in a list and five in the side column.</summary>
    private const string LongerInSideColumn =
        "Thông báo về việc tạm ngừng cung cấp điện để sửa chữa đường dây trung thế và trạm biến áp tại các xóm";

    private static readonly string Endless = new('W', 200);

    private readonly AzuriteFixture _storage = new();
    private PortalHost? _host;

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => Client.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        await _storage.Media.UploadBlobAsync("cao.png", BinaryData.FromBytes(Convert.FromBase64String(TallPicture)));
        await _storage.UploadAsync("tieu-de-dai", Article(Endless, "2026-11-20", Endless[..90], $"<p>{Endless}</p>"));
        await _storage.UploadAsync("ben-canh", Article("Bên cạnh", "2026-11-19", "Thông báo", "<p>Chữ.</p>"));
        await _storage.UploadAsync(
            "quyet-dinh",
            Article(
                "Quyết định",
                "2026-11-18 08:15",
                "Thông báo",
                $"{TableOf(rows: 1)}<p>{Picture}</p><figure>{Picture}</figure>"));
        await _storage.UploadAsync("danh-sach", Article("Danh sách", "2026-11-17", "Thông báo", TableOf(rows: 30)));
        for (var number = 0; number < Others; number++)
        {
            var category = string.Create(CultureInfo.InvariantCulture, $"Chuyên mục {number % Categories}");
            await _storage.UploadAsync(
                string.Create(CultureInfo.InvariantCulture, $"bai-{number}"),
                Article(LongerInSideColumn, "2026-01-01", category, "<p>Chữ.</p>"));
        }

        for (var number = 0; number < WithoutCategory; number++)
        {
            await _storage.UploadAsync(
                string.Create(CultureInfo.InvariantCulture, $"khac-{number}"),
                "<title>Khác</title><meta name=date content=2025-01-01><p>Chữ.");
        }

        foreach (var import in Directory.GetFiles(Path.Combine(BrowserPackages.TestFolder, "imports")))
        {
            await _storage.UploadAsync(
                Path.GetFileNameWithoutExtension(import),
                "<meta name=category content='Thông báo'><meta name=date content=2025-06-01>"
                    + await File.ReadAllTextAsync(import));
        }

        await _storage.UploadAsync("da-go", "<title>Đã gỡ</title><p>Chữ.");
        await using (var earlier = new PortalHost(_storage.ConnectionString))
        using (var client = earlier.CreateClient())
        {
            await Eventually.AssertAsync(() => client.GetStringAsync("/"));
        }

        await _storage.Articles.DeleteBlobAsync("da-go.html");
        _host = new PortalHost(_storage.ConnectionString);
        Client = _host.CreateClient();

        // The first search builds the index. On a busy machine, the response is 503 or has a notice until it is built.
        await Eventually.AssertAsync(async () =>
        {
            var page = await Client.GetStringAsync("/tim-kiem?q=x");
            Assert.DoesNotContain("đang lập chỉ mục", page, StringComparison.Ordinal);
        });
    }

    /// <summary>Renders the error page of a status that is hard to provoke.</summary>
    public async Task<byte[]> RenderErrorAsync(int status) =>
        (await _host!.Services.GetRequiredService<PageRenderer>().RenderOnceAsync<ErrorDocument>(
            new() { [nameof(ErrorDocument.Text)] = ErrorText.For(status) })).Identity.Bytes.ToArray();

    public Task<OpenPage> OpenAsync(BrowserFixture browser, int width) => browser.OpenAsync(new()
    {
        BaseURL = Address.ToString(),
        ViewportSize = new() { Width = width, Height = 900 },
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private const string Picture = "<img src='media/cao.png' alt='Sơ đồ' width=400 height=1600>";

    /// <summary>A table of twelve columns, such as a list of households.</summary>
    private static string TableOf(int rows)
    {
        string[] names =
        [
            "STT",
            "Họ và tên chủ hộ",
            "Năm sinh",
            "Giới tính",
            "Dân tộc",
            "Xóm",
            "Số nhân khẩu",
            "Loại nhà",
            "Nguồn vốn",
            "Khởi công",
            "Hoàn thành",
            "Ghi chú",
        ];
        string[] cells =
        [
            "1",
            "Nguyễn Thị Phương",
            "1962",
            "Nữ",
            "Kinh",
            "Suối Trong",
            "4",
            "Xây mới",
            "Ngân sách tỉnh",
            "01/12/2026",
            "30/01/2027",
            "Hộ nghèo",
        ];
        var head = string.Concat(names.Select(name => $"<th>{name}</th>"));
        var row = $"<tr>{string.Concat(cells.Select(cell => $"<td><p>{cell}</p></td>"))}</tr>";
        return $"<table><caption>Danh sách</caption><thead><tr>{head}</tr></thead>"
            + $"<tbody>{string.Concat(Enumerable.Repeat(row, rows))}</tbody></table>";
    }

    private static string Article(string title, string date, string category, string body) =>
        $"<title>{title}</title><meta name=date content='{date}'><meta name=category content='{category}'>{body}";
}
