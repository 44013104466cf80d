using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PhucThuan.Tests.LocalHost;

/// <summary>Runs LocalHost from the command line, like a user.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phucthuan-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    [Fact]
    public async Task A_folder_is_served_and_watched_until_a_graceful_shutdown()
    {
        var articles = _folder.CreateSubdirectory("bài viết");
        var media = articles.CreateSubdirectory("media");
        await File.WriteAllTextAsync(Path.Combine(articles.FullName, "mot.html"), "<title>Một</title>", Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(media.FullName, "a.png"), [1, 2, 3], Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(articles.CreateSubdirectory("drafts").FullName, "nhap.html"),
            "<title>Nháp</title>",
            Cancellation);
        await using var program = LocalHostProcess.Start(
            "--port",
            "0",
            "--data",
            Data,
            "--articles",
            articles.FullName);
        using var client = await program.ConnectAsync(Cancellation);

        Assert.Contains("Một", await client.GetStringAsync("/bai-viet/mot", Cancellation), StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], await client.GetByteArrayAsync("/media/a.png", Cancellation));
        Assert.DoesNotContain("Nháp", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        await Eventually.AssertAsync(async () =>
        {
            const string Label = "The same as JSON: ";
            var json = Assert.Single(
                program.Output.Split('\n'),
                line => line.StartsWith(Label, StringComparison.Ordinal)
            )[Label.Length..];
            Assert.Contains(
                "\"state\":\"draft\",\"title\":\"Nháp\"",
                await client.GetStringAsync(json.Trim(), Cancellation),
                StringComparison.Ordinal);
        });
        (await client.PostAsync("/api/visits/mot?visit=true", content: null, Cancellation))
            .EnsureSuccessStatusCode()
            .Dispose();

        await File.WriteAllTextAsync(
            Path.Combine(articles.FullName, "mot.html"),
            "<title>Một sửa</title>",
            Cancellation);
        await File.WriteAllTextAsync(Path.Combine(articles.FullName, "hai.html"), "<title>Hai</title>", Cancellation);
        File.CreateSymbolicLink(Path.Combine(articles.FullName, ".#hai.html"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(articles.FullName, "ba.html"), "nowhere");
        await Eventually.AssertAsync(async () =>
        {
            Assert.Contains(
                "Một sửa",
                await client.GetStringAsync("/bai-viet/mot", Cancellation),
                StringComparison.Ordinal);
            Assert.Contains("Hai", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        });

        File.Delete(Path.Combine(articles.FullName, "hai.html"));
        await Eventually.AssertAsync(async () =>
        {
            using var deleted = await client.GetAsync("/bai-viet/hai", Cancellation);
            Assert.Equal(HttpStatusCode.Gone, deleted.StatusCode);
        });

        int[] children = [program.Child("run.js"), program.Child("PhucThuan.Functions.dll")];
        Assert.Equal(0, await program.InterruptAsync(Cancellation));
        Assert.All(children, child => Assert.False(LocalHostProcess.IsRunning(child)));

        // The second run keeps the visit of the first one, and has only the articles of the folder.
        await using var again = LocalHostProcess.Start("--port", "0", "--data", Data, "--articles", articles.FullName);
        using var second = await again.ConnectAsync(Cancellation);
        Assert.Contains(
            "\"total\":1}",
            await second.GetStringAsync("/api/visits", Cancellation),
            StringComparison.Ordinal);

        using var beside = LocalHostProcess.Start("--port", "0", "--data", Data);
        Assert.Equal(1, await beside.WaitAsync(Cancellation));
        Assert.Contains("--data", beside.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_published_is_reported_once_with_the_reason()
    {
        var articles = _folder.CreateSubdirectory("bai");
        var pictures = articles.CreateSubdirectory("bai_files");
        foreach (
            var name in new[]
            {
                "Tên Đúng.html",
                "cua-word.htm",
                "to.HTML",
                ".an.htm",
                "!!!.html",
                "dung.html",
                "DUNG.md",
            })
        {
            await File.WriteAllTextAsync(Path.Combine(articles.FullName, name), "<title>x</title><p>Chữ", Cancellation);
        }

        await File.WriteAllTextAsync(
            Path.Combine(articles.FullName, "qua-lon.html"),
            new string('a', (8 * 1024 * 1024) + 1),
            Cancellation);
        await File.WriteAllTextAsync(Path.Combine(pictures.FullName, "hinh.svg"), "<svg/>", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(articles.FullName, "ghi-chu.txt"), "x", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(articles.FullName, "bai_html_1.png"), "x", Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(articles.FullName, "ngay-la.html"),
            "<meta name=date content='thứ ba'><p>Chữ",
            Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(articles.FullName, "la-tep-word.html"),
            "PK\u0003\u0004",
            Cancellation);
        await File.WriteAllBytesAsync(
            Path.Combine(articles.FullName, "nang.png"),
            new byte[(5 * 1024 * 1024) + 1],
            Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(articles.FullName, "lien-ket.html"),
            "<title>x</title><meta name=image content=media/bia.jpg><img src=media/BAI_html_1.png><img"
                + " src=nang.png><a href=khong-co-bai.html>a</a>"
                + "<a href=tai-lieu.pptx>b</a><a href=mau-don.pdf>c</a><a href=dung.html>d</a><a"
                + " href=bai_html_1.png>e</a>",
            Cancellation);
        await using var program = LocalHostProcess.Start(
            "--port",
            "0",
            "--data",
            Data,
            "--articles",
            articles.FullName);
        using var client = await program.ConnectAsync(Cancellation);

        // A later poll uploads this file and checks the other files again, without a second report.
        await File.WriteAllTextAsync(
            Path.Combine(articles.FullName, "moi.html"),
            "<title>Mới</title><p>Chữ",
            Cancellation);
        await Eventually.AssertAsync(async () =>
            Assert.Contains("Mới", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal));

        using var picture = await client.GetAsync("/media/bai_html_1.png", Cancellation);
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        Assert.Equal(
            [
                "!!!.html không được tải lên: tên tệp không có chữ cái hay chữ số nào để làm địa chỉ của bài; hãy đổi"
                    + " tên, chẳng hạn Thông báo nghỉ lễ.docx",
                "bai_files/hinh.svg không được tải lên: các loại tệp được phép: .avif .doc .docx .gif .jpeg .jpg .mp3"
                    + " .mp4 .ods"
                    + " .odt .pdf .png .webp .xls .xlsx .zip",
                "dung.html: trùng địa chỉ “dung” với tệp “DUNG.md”, chỉ một bài được hiện; hãy đổi tên một trong hai"
                    + " tệp",
                "la-tep-word.html: không được hiện: tệp Word bị hỏng hoặc tải lên chưa hết; hãy mở tệp bằng Word, lưu"
                    + " lại rồi tải lên lần nữa",
                "lien-ket.html: liên kết tới bài “khong-co-bai”, mà trong thư mục không có bài ấy",
                "lien-ket.html: liên kết “tai-lieu.pptx” không dẫn tới đâu, trang chỉ hiện chữ; các loại tệp được"
                    + " phép: .avif .doc .docx .gif"
                    + " .jpeg .jpg .mp3 .mp4 .ods .odt .pdf .png .webp .xls .xlsx .zip",
                "lien-ket.html: tệp “media/mau-don.pdf” không có trong thư mục",
                "lien-ket.html: ảnh “media/BAI_html_1.png” sẽ không hiện: tệp trong thư mục tên là"
                    + " “media/bai_html_1.png”, chữ hoa và chữ"
                    + " thường phải giống hệt",
                "lien-ket.html: ảnh “media/bia.jpg” không có trong thư mục",
                "lien-ket.html: ảnh “media/nang.png” nặng 5 MB, độc giả phải chờ lâu; hãy thu nhỏ xuống dưới 5 MB",
                "ngay-la.html: không được hiện: không đọc được ngày đăng “thứ ba” nên bài được giữ lại, chưa hiện;"
                    + " hãy viết như 20-11-2026 07:30",
                "qua-lon.html: không được hiện: tệp nặng 8.388.609 byte, nhiều nhất là 8.388.608; hãy để ảnh vào kho"
                    + " media",
            ],
            program
                .Output.Split('\n')
                .Where(line =>
                    !line.StartsWith("warn:", StringComparison.Ordinal)
                    && (
                        line.Contains(".html: ", StringComparison.Ordinal)
                        || line.Contains("không được tải lên", StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task LocalHost_loses_no_visit_after_kill_9_and_exits_without_the_emulator()
    {
        await using var program = LocalHostProcess.Start("--port", "0", "--data", Data);
        using var client = await program.ConnectAsync(Cancellation);
        int[] children = [program.Child("run.js"), program.Child("PhucThuan.Functions.dll")];
        for (var visit = 0; visit < 20; visit++)
        {
            using var response = await client.PostAsync(
                "/api/visits/tam-ngung-cap-nuoc-ngay-21-11-2026?visit=true",
                content: null,
                Cancellation);
            response.EnsureSuccessStatusCode();
        }

        program.Kill();

        await Eventually.AssertAsync(() =>
        {
            Assert.All(children, child => Assert.False(LocalHostProcess.IsRunning(child)));
            return Task.CompletedTask;
        });
        await using var again = LocalHostProcess.Start("--port", "0", "--data", Data);
        using var second = await again.ConnectAsync(Cancellation);
        Assert.Contains(
            "\"total\":20}",
            await second.GetStringAsync("/api/visits", Cancellation),
            StringComparison.Ordinal);

        using (var emulator = Process.GetProcessById(again.Child("run.js")))
        {
            emulator.Kill();
        }

        Assert.Equal(1, await again.WaitAsync(Cancellation));
        Assert.Contains("The storage emulator has exited", again.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port is 'x'", "--port", "x")]
    [InlineData("70000", "--port", "70000")]
    [InlineData("khong-co-thu-muc", "--articles", "khong-co-thu-muc")]
    [InlineData("--prot", "--prot", "1")]
    [InlineData("Storage:ConnectionString cannot be read", "--port", "0", "--storage", "x")]
    [InlineData(
        "cannot be used",
        "--port",
        "0",
        "--storage",
        "AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a")]
    public async Task An_invalid_argument_is_an_error_with_exit_code_1(string sentence, params string[] arguments)
    {
        using var program = LocalHostProcess.Start(arguments);

        Assert.Equal(1, await program.WaitAsync(Cancellation));
        Assert.Contains(sentence, program.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var program = LocalHostProcess.Start("--port", $"{port}", "--data", Data);

        Assert.Equal(1, await program.WaitAsync(Cancellation));
        Assert.Equal(
            $"Port {port} is in use: end the program that has it, or choose another with --port.",
            program.Errors.Trim());
    }

    [Fact]
    public async Task A_missing_Node_is_an_error_that_names_the_version_to_install()
    {
        using var program = LocalHostProcess.Start(["--port", "0", "--data", Data], path: "");

        Assert.Equal(1, await program.WaitAsync(Cancellation));
        Assert.Contains("install Node.js 20 or newer", program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        using var program = LocalHostProcess.Start("--help");

        Assert.Equal(0, await program.WaitAsync(Cancellation));
        Assert.All(
            new[] { "--port <N>", "--articles <DIR>", "--data <DIR>", "--storage <CONNECTION>", "--help" },
            option => Assert.Contains(option, program.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
