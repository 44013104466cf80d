namespace PhucThuan.Tests.Search;

/// <summary>Articles whose ranks, marks, categories and years differ; 45 of them match one query.</summary>
public sealed class SearchedSite : IAsyncLifetime
{
    public const int Many = 45;

    public const string LongParagraph =
        "Đoạn đầu dài hơn sáu mươi ký tự, nên danh sách lấy nó vì ban biên tập không giới thiệu bài.";

    private readonly AzuriteFixture _storage = new();
    private PortalHost? _host;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        await _storage.UploadAsync("xa-phuc-thuan", """
            <title>Xã Phúc Thuận</title><meta name=description content="Lời tóm tắt &lt;b>không phải thẻ&lt;/b>">
            <meta name=author content="Bà Tác Giả"><meta name=category content="Chuyên mục riêng">
            <meta name=keywords content="từ khóa lạ"><p>Tin của xã.</p>
            """);
        await _storage.UploadAsync("duong-dien", "<title>Tin</title><p>Sửa <b>đư</b>ờng</p><p>điện</p>");
        await _storage.UploadAsync(
            "dang-uy-hop",
            "<title>\u00D0ảng ủy họp</title><meta name=category content='\u00D0ảng ủy'><p>&eth;ảng ủy giao ban");
        await _storage.UploadAsync("khong-tom-tat", $"<title>h</title><p>{LongParagraph}</p>");
        await _storage.UploadAsync(
            "co-san", "<title>i</title><meta name=description content='Mở đầu có sẵn.'><p>Mở đầu có"
                + " sẵn.</p><p>Phần còn lại.</p>");
        await _storage.UploadAsync("can-cuoc", "<title>Cấp căn cước công dân</title><p>Tại trụ sở.</p>");
        await _storage.UploadAsync(
            "lam-che",
            "<title>k</title><meta name=date content=2025-03-01><meta name=category content='Nông nghiệp'>"
                + "<img src=media/che.jpg><p>Làm chè</p>");
        await _storage.UploadAsync(
            "trong-che",
            "<title>l</title><meta name=date content=2026-03-01><meta name=category content='Nông nghiệp'><p>chè");
        await _storage.UploadAsync(
            "co-vu",
            "<title>m</title><meta name=date content=2026-03-02><meta name=category content='Thể thao'><p>chè");
        await _storage.UploadAsync("bo", "<title>a</title><p>bo</p>");
        await _storage.UploadAsync("bo-huyen", "<title>b</title><p>Bo\u0300</p>");
        await _storage.UploadAsync("bo-sac", "<title>c</title><p>bó</p>");
        await _storage.UploadAsync("text", "<title>d</title><p>hiemcoquy hiemcoquy hiemcoquy</p>");
        await _storage.UploadAsync("title", "<title>hiemcoquy</title><p>khác hẳn</p>");
        await _storage.UploadAsync("together", "<title>f</title><p>nhiều vòng xoay</p>");

        // The newer article, which would otherwise rank first.
        await _storage.UploadAsync("apart", "<title>e</title><p>xoay nhiều vòng</p>");
        await _storage.UploadAsync(
            "lap-lai", $"<title>g</title><p>{string.Concat(Enumerable.Repeat("dài dòng ", 2_000))} lắp lái</p>");
        for (var number = 1; number < Many; number++)
        {
            await _storage.UploadAsync($"nhieu-{number}", $"<title>Bài lặp lại {number}</title>");
        }

        _host = new PortalHost(_storage.ConnectionString);
        Client = _host.CreateClient();
        await Eventually.AssertAsync(async () => Assert.DoesNotContain(
            "đang lập chỉ mục",
                await Client.GetStringAsync("/tim-kiem?q=a", TestContext.Current.CancellationToken),
                StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
