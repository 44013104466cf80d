using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// A random key for each day in Viet Nam, shared by all instances through a row of table <c>visitors</c>. A key serves
/// on its day and, when the next one is unavailable, on the following day; then it is forgotten here and
/// <see cref="VisitorCleanup"/> deletes its row, and nobody can tell whose hashes they were. Before that, somebody who
/// may read the table could try addresses under the key; hence the short lives of both.
/// </summary>
public sealed class VisitorKeys(TableServiceClient tables, TimeProvider clock)
{
    internal const string SecretProperty = "Secret";

    /// <summary>How long after a change the former key is used too, so that the window is whole under one of the
    /// two.</summary>
    private static readonly TimeSpan Overlap = OnlineWindow.Length;

    /// <summary>Tomorrow's key is fetched this early: at midnight all instances change at once and none
    /// waits.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    private readonly TableClient _table = tables.GetTableClient(VisitorTable.Name);
    private readonly Lock _lock = new();
    private readonly List<VisitorKey> _keys = [];

    /// <summary>Fetches the keys that are or will soon be needed, and creates those that are missing.</summary>
    /// <exception cref="RequestFailedException">Storage failed; with the keys known so far one can go on.</exception>
    /// <exception cref="FormatException">A key's row was written by something else.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var day in new[] { now - Overlap, now, now + Early }.Select(VietnamTime.DayOf).Distinct())
        {
            var id = new VisitorKeyId(day, Shared: true);
            if (!Knows(id))
            {
                Remember(id, await GetOrAddAsync(day, cancellationToken));
            }
        }
    }

    /// <summary>
    /// The newest key known, first, and for some minutes after a change the one before. An instance that never saw a
    /// shared key, because storage is away, makes one for itself: a visit must not fail for the number of visitors.
    /// </summary>
    internal IReadOnlyList<VisitorKey> Current()
    {
        var now = clock.GetUtcNow();
        var today = VietnamTime.DayOf(now);
        lock (_lock)
        {
            _keys.RemoveAll(key => key.Id.Day < today.AddDays(-1));
            var usable = _keys.Where(key => key.Id.Day <= today)
                .OrderByDescending(key => (key.Id.Day, key.Id.Shared))
                .Take(2)
                .ToArray();
            if (usable.Length == 0)
            {
                var own = new VisitorKey(new(today, Shared: false), VisitorKey.NewSecret(), now);
                _keys.Add(own);
                return [own];
            }

            return now - usable[0].Since < Overlap ? usable : usable[..1];
        }
    }

    private bool Knows(VisitorKeyId id)
    {
        lock (_lock)
        {
            return _keys.Any(key => key.Id == id);
        }
    }

    private void Remember(VisitorKeyId id, byte[] secret)
    {
        var (now, start) = (clock.GetUtcNow(), VietnamTime.StartOf(id.Day));
        lock (_lock)
        {
            _keys.RemoveAll(key => key.Id == id);
            _keys.Add(new VisitorKey(id, secret, now > start ? now : start));
        }
    }

    /// <summary>A key of our own is used only when storage said that it took it, so all instances have the
    /// same.</summary>
    private async Task<byte[]> GetOrAddAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (await GetAsync(day, cancellationToken) is { } known)
        {
            return known;
        }

        var secret = VisitorKey.NewSecret();
        var row = new TableEntity(VisitorTable.KeyPartition, VisitorTable.KeyRow(day)) { [SecretProperty] = secret };
        try
        {
            await _table.AddEntityAsync(row, cancellationToken);
            return secret;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return await GetAsync(day, cancellationToken) ?? throw new FormatException("The key's row came and went.");
        }
    }

    private async Task<byte[]?> GetAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            VisitorTable.KeyPartition, VisitorTable.KeyRow(day), cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            return null;
        }

        var secret = row.Value!.GetBinary(SecretProperty);
        return secret?.Length == VisitorKey.Bytes
            ? secret
            : throw new FormatException(
                $"The key of {day:O} in table {VisitorTable.Name} has not {VisitorKey.Bytes} bytes.");
    }
}
