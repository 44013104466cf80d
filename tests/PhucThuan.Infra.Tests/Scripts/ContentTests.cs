using System.Reflection;
using System.Text.Json.Nodes;
using PhucThuan.Portal.Visits.Ledger;

namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>Tests of publish-articles.sh and opening-balance.sh.</summary>
public sealed class ContentTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Articles_and_pictures_are_uploaded_with_their_content_types()
    {
        var folder = Fill(
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
        var folder = Fill("tin-moi.html");
        if (file.StartsWith("link", StringComparison.Ordinal))
        {
            File.CreateSymbolicLink(Path.Combine(folder, file), Path.Combine(folder, "tin-moi.html"));
        }
        else
        {
            Fill(file);
        }

        var run = await _sandbox.RunAsync("publish-articles.sh", ["prod", folder]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains($"{file} is skipped: {reason}", run.Output, StringComparison.Ordinal);
        Assert.Equal("tin-moi.html", Assert.Single(Uploads()).Name);
    }

    [Fact]
    public async Task A_folder_may_be_named_like_an_option()
    {
        Directory.Move(Fill("tin-moi.html"), Path.Combine(_sandbox.Folder("."), "-moi"));

        var run = await _sandbox.RunAsync("publish-articles.sh", ["prod", "-moi"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Single(Uploads());
    }

    [Fact]
    public async Task Articles_have_any_name_and_kind_and_may_lie_in_folders()
    {
        var run = await _sandbox.RunAsync(
            "publish-articles.sh",
            [
                "prod",
                Fill("Tin Mới.HTML", "Tin tức/bài 2.docx", "ghi-chu.md", "media/mau-don.docx", "THO.txt", "x.xhtml"),
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
            "publish-articles.sh", ["prod", Fill("tin.html", "a b.png", "media/a b.png", "c.png", "media/c.png")]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(
            "in its folder media: a b.png, c.png. Nothing was uploaded", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Uploads());
    }

    [Fact]
    public async Task A_failed_upload_stops_the_script()
    {
        var run = await _sandbox.RunAsync(
            "publish-articles.sh", ["prod", Fill("a.html", "b.html")], "", ("FAIL_ON", "blob upload"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Single(Uploads());
    }

    [Fact]
    public async Task A_folder_without_articles_is_refused()
    {
        var run = await _sandbox.RunAsync("publish-articles.sh", ["prod", Fill("notes.xyz")]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("contains no articles", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_opening_balance_is_sent_verbatim_and_the_key_is_not_printed()
    {
        const string Reason = """Số lượt "cũ" đến 31\10, it's $HOME `all`""";

        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "1731932", Reason]);

        Assert.True(run.ExitCode == 0, run.Errors);
        var body = JsonNode.Parse(_sandbox.Read("body"))!;
        Assert.Equal(
            ("opening", 1731932, Reason), ((string)body["id"]!, (int)body["amount"]!, (string)body["reason"]!));
        Assert.Equal("header = \"x-functions-key: k3y/+=\"\n", _sandbox.Read("config"));
        Assert.DoesNotContain(
            "k3y",
            run.Output + run.Errors + string.Join(' ', _sandbox.Calls.SelectMany(call => call)),
            StringComparison.Ordinal);
        Assert.Equal("https://endpoint.example.vn/api/ledger", _sandbox.Calls.Single(call => call[0] == "curl")[^1]);
    }

    [Theory]
    [InlineData("200", 0, "existed already")]
    [InlineData("201", 0, "starts with 5")]
    public async Task A_second_run_is_safe(string status, int exitCode, string message)
    {
        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "5", "cũ"], "", ("LEDGER_STATUS", status));

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_amount_is_refused_with_the_detail_of_the_portal()
    {
        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "5", "cũ"], "", ("LEDGER_STATUS", "409"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("409: {\"detail\":\"no\"}", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_key_no_request_is_sent()
    {
        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "5", "cũ"], "", ("FAIL_ON", "keys list"));

        Assert.Contains("The key of function Ledger could not be read", run.Errors, StringComparison.Ordinal);
        Assert.Equal(-1, _sandbox.IndexOf("curl"));
    }

    /// <summary>The portal answers 401 to a wrong key.</summary>
    [Fact]
    public async Task A_refused_key_is_reported()
    {
        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "5", "cũ"], "", ("LEDGER_STATUS", "401"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("The portal answered 401", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>One more is refused before any request.</summary>
    [Fact]
    public async Task The_largest_amount_equals_the_limit_of_the_code()
    {
        var largest = (long)typeof(LedgerEndpoint)
            .GetField("MaxAmount", BindingFlags.NonPublic | BindingFlags.Static)!
            .GetRawConstantValue()!;

        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", $"{largest}", "cũ"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        var calls = _sandbox.Calls.Count;

        var more = await _sandbox.RunAsync("opening-balance.sh", ["prod", $"{largest + 1}", "cũ"]);
        Assert.NotEqual(0, more.ExitCode);
        Assert.Contains($"1 to {largest}", more.Errors, StringComparison.Ordinal);
        Assert.Equal(calls, _sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("-1", "x")]
    [InlineData("1,731", "x")]
    [InlineData("0", "x")]
    [InlineData("10", " ")]
    [InlineData("10", "two\nlines")]
    public async Task An_invalid_entry_is_not_sent(string amount, string reason)
    {
        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", amount, reason]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(_sandbox.Calls);
    }

    [Fact]
    public async Task Views_of_articles_are_checked_first_and_sent_until_all_are_written()
    {
        var file = Path.Combine(Fill("views.csv"), "views.csv");

        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "--articles", file, "Cổng cũ & 'mới'"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        var addresses = _sandbox.Calls.Where(call => call[0] == "curl").Select(call => call[^1]).ToList();
        const string Address = "https://endpoint.example.vn/api/ledger?reason=";
        Assert.All(addresses, address => Assert.Equal(
            "Cổng cũ & 'mới'", Uri.UnescapeDataString(address[Address.Length..].Split('&')[0])));
        Assert.Equal([true, false, false, false], addresses.Select(address => address.EndsWith("&check=true", StringComparison.Ordinal)));
        Assert.Equal(
            ["Checked 4500 articles: 4500 new entries.", "  2000 of 4500 entries written.", "  4000 of 4500 entries written.",
                "  4500 of 4500 entries written.", "Done: every article of the file has its entry.", ""],
            run.Output.Split('\n'));
        Assert.Equal("x", _sandbox.Read("body"));
    }

    [Fact]
    public async Task Wrong_lines_are_reported_and_nothing_is_sent_but_the_check()
    {
        var file = Path.Combine(Fill("views.csv"), "views.csv");

        var run = await _sandbox.RunAsync(
            "opening-balance.sh", ["prod", "--articles", file, "cũ"], "", ("LEDGER_STATUS", "400"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("400: {\"detail\":\"no\"}", run.Errors, StringComparison.Ordinal);
        Assert.EndsWith(
            "&check=true",
            Assert.Single(_sandbox.Calls, call => call[0] == "curl")[^1],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("khong-co.csv", "cũ", "cannot be read")]
    [InlineData("views.csv", " ", "REASON must be a single line")]
    public async Task An_invalid_file_or_reason_is_not_sent(string name, string reason, string message)
    {
        var file = Path.Combine(Fill("views.csv"), name);

        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "--articles", file, reason]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    private string Fill(params string[] files)
    {
        var folder = _sandbox.Folder("bài viết 'mới'");
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }

        return folder;
    }

    private List<(string Container, string Name, string Type)> Uploads() =>
        [.. _sandbox.Calls.Where(call => call is [_, "storage", "blob", "upload", ..])
            .Select(call => (After(call, "--container-name"), After(call, "--name"), After(call, "--content-type")))];

    private static string After(string[] call, string option) => call[Array.IndexOf(call, option) + 1];
}
