using Azure.Data.Tables;

namespace PhucThuan.Tests.Storage;

/// <summary>Properties of the shared emulator that the tests rely on.</summary>
public sealed class AzuriteTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private const int Rounds = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_share_no_data()
    {
        await using var other = new AzuriteFixture();
        await other.InitializeAsync();

        await storage.UploadAsync("rieng", "<p>Chữ.");

        Assert.False(await other.Articles.GetBlobClient("rieng.html").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task A_failed_transaction_does_not_affect_another_account()
    {
        await using var other = new AzuriteFixture();
        await other.InitializeAsync();
        var failing = WithoutRetries(other);
        await failing.AddEntityAsync(new TableEntity("p", "taken"), Cancellation);

        var failures = Task.WhenAll(
            Enumerable
                .Range(0, Rounds)
                .Select(round =>
                    Assert.ThrowsAsync<TableTransactionFailedException>(() =>
                        failing.SubmitTransactionAsync([Add(round, "a"), Add(round, "b"), Add("taken")], Cancellation)))
        );
        var commits = Task.WhenAll(
            Enumerable
                .Range(0, Rounds)
                .Select(round =>
                    WithoutRetries(storage).SubmitTransactionAsync([Add(round, "a"), Add(round, "b")], Cancellation)));
        await commits;
        await failures;

        Assert.Equal(
            2 * Rounds,
            await storage.Visits.QueryAsync<TableEntity>(cancellationToken: Cancellation).CountAsync(Cancellation));
        Assert.Equal(
            1,
            await other.Visits.QueryAsync<TableEntity>(cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    private static TableClient WithoutRetries(AzuriteFixture account)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        return new TableClient(account.ConnectionString, account.Visits.Name, options);
    }

    private static TableTransactionAction Add(int round, string half) => Add(string.Create(null, $"{round}-{half}"));

    private static TableTransactionAction Add(string row) =>
        new(TableTransactionActionType.Add, new TableEntity("p", row));
}
