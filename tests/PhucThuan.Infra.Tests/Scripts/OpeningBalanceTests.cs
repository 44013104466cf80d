using System.Reflection;
using System.Text.Json.Nodes;
using PhucThuan.Portal.Visits.Ledger;

namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>Tests of opening-balance.sh.</summary>
public sealed class OpeningBalanceTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

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

    /// <summary>The next larger amount is refused before any request.</summary>
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
        var file = Path.Combine(_sandbox.FolderWith("views.csv"), "views.csv");

        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "--articles", file, "Cổng cũ & 'mới'"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        var addresses = _sandbox.Calls.Where(call => call[0] == "curl").Select(call => call[^1]).ToList();
        const string Address = "https://endpoint.example.vn/api/ledger?reason=";
        Assert.All(addresses, address => Assert.Equal(
            "Cổng cũ & 'mới'", Uri.UnescapeDataString(address[Address.Length..].Split('&')[0])));
        Assert.Equal(
            [true, false, false, false],
            addresses.Select(address => address.EndsWith("&check=true", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "Checked 4500 articles: 4500 new entries.",
                "  2000 of 4500 entries written.",
                "  4000 of 4500 entries written.",
                "  4500 of 4500 entries written.",
                "Done: every article of the file has its entry.",
                "",
            ],
            run.Output.Split('\n'));
        Assert.Equal("x", _sandbox.Read("body"));
    }

    [Fact]
    public async Task Invalid_lines_are_reported_and_nothing_is_sent_except_the_check()
    {
        var file = Path.Combine(_sandbox.FolderWith("views.csv"), "views.csv");

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
        var file = Path.Combine(_sandbox.FolderWith("views.csv"), name);

        var run = await _sandbox.RunAsync("opening-balance.sh", ["prod", "--articles", file, reason]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }
}
