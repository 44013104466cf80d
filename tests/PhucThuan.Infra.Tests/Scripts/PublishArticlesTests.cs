namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>Tests of publish-articles.sh.</summary>
public sealed class PublishArticlesTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Articles_and_pictures_are_uploaded_with_their_content_types()
    {
        var folder = _sandbox.FolderWith(
            "tin-moi.html",
            "media/ảnh \"đẹp\" $1.JPG",
            "bai_files/image 001.png",
            "bai_html_5f.png",
            "mau-don.pdf",
            ".git/x.png",
            "~$tin.html");

        var run = await _sandbox.RunAsync("publish-articles.sh", ["prod", folder]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(
            [
                ("media", "bai_files/image 001.png", "image/png"),
                ("media", "bai_html_5f.png", "image/png"),
                ("media", "mau-don.pdf", "application/pdf"),
                ("media", "ảnh \"đẹp\" $1.JPG", "image/jpeg"),
                ("articles", "tin-moi.html", "text/html"),
            ],
            Uploads());
        Assert.Contains("[5/5] articles: tin-moi.html", run.Output, StringComparison.Ordinal);
        Assert.Contains("Uploaded 5 files, skipped 0", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            "az storage blob upload --auth-mode login --account-name contentstorage --container-name articles "
                + "--name tin-moi.html "
                + $"--file {folder}/tin-moi.html --content-type text/html --overwrite --no-progress --output none",
            string.Join(' ', _sandbox.Calls[^1]));
    }

    [Theory]
    [InlineData("!!!.html", "its name has no letter or digit for an address")]
    [InlineData("tin_files/header.htm", "the portal does not serve this file type; an article is a .docx")]
    [InlineData("run.js", "the portal does not serve this file type")]
    [InlineData("media/scripts/run.js", "the portal does not serve this file type")]
    [InlineData("media/bai.html", "the portal does not serve this file type")]
    [InlineData("link.html", "it is a symbolic link")]
    [InlineData("link.png", "it is a symbolic link")]
    public async Task A_skipped_file_is_reported_with_the_reason(string file, string reason)
    {
        var folder = _sandbox.FolderWith("tin-moi.html");
        if (file.StartsWith("link", StringComparison.Ordinal))
        {
            File.CreateSymbolicLink(Path.Combine(folder, file), Path.Combine(folder, "tin-moi.html"));
        }
        else
        {
            _sandbox.FolderWith(file);
        }

        var run = await _sandbox.RunAsync("publish-articles.sh", ["prod", folder]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains($"{file} is skipped: {reason}", run.Output, StringComparison.Ordinal);
        Assert.Equal("tin-moi.html", Assert.Single(Uploads()).Name);
    }

    [Fact]
    public async Task A_folder_may_be_named_like_an_option()
    {
        Directory.Move(_sandbox.FolderWith("tin-moi.html"), Path.Combine(_sandbox.Folder("."), "-moi"));

        var run = await _sandbox.RunAsync("publish-articles.sh", ["prod", "-moi"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Single(Uploads());
    }

    [Fact]
    public async Task Articles_of_any_name_and_type_are_uploaded_from_any_folder()
    {
        var run = await _sandbox.RunAsync(
            "publish-articles.sh",
            [
                "prod",
                _sandbox.FolderWith(
                    "Tin Mới.HTML",
                    "Tin tức/bài 2.docx",
                    "ghi-chu.md",
                    "media/mau-don.docx",
                    "THO.txt",
                    "x.xhtml"),
            ]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(
            [
                ("articles", "THO.txt", "text/plain"),
                ("articles", "Tin Mới.HTML", "text/html"),
                (
                    "articles",
                    "Tin tức/bài 2.docx",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
                ("articles", "ghi-chu.md", "text/markdown"),
                ("articles", "x.xhtml", "application/xhtml+xml"),
                ("media", "mau-don.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ],
            Uploads()
                .OrderBy(upload => upload.Container, StringComparer.Ordinal)
                .ThenBy(upload => upload.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_files_with_the_same_blob_name_are_refused_before_any_upload()
    {
        var run = await _sandbox.RunAsync(
            "publish-articles.sh",
            ["prod", _sandbox.FolderWith("tin.html", "a b.png", "media/a b.png", "c.png", "media/c.png")]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(
            "in its folder media: a b.png, c.png. Nothing was uploaded", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Uploads());
    }

    [Fact]
    public async Task A_failed_upload_stops_the_script()
    {
        var run = await _sandbox.RunAsync(
            "publish-articles.sh", ["prod", _sandbox.FolderWith("a.html", "b.html")], "", ("FAIL_ON", "blob upload"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Single(Uploads());
    }

    [Fact]
    public async Task A_folder_without_articles_is_refused()
    {
        var run = await _sandbox.RunAsync("publish-articles.sh", ["prod", _sandbox.FolderWith("notes.xyz")]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("contains no articles", run.Errors, StringComparison.Ordinal);
    }

    private List<(string Container, string Name, string Type)> Uploads() =>
        [.. _sandbox.Calls.Where(call => call is [_, "storage", "blob", "upload", ..])
            .Select(call => (After(call, "--container-name"), After(call, "--name"), After(call, "--content-type")))];

    private static string After(string[] call, string option) => call[Array.IndexOf(call, option) + 1];
}
