using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// A random key per day in Viet Nam, shared by all instances in table <c>visitors</c>. A key is used on its day and,
/// when the next one is unavailable, on the following day. Then it is discarded, <see cref="VisitorCleanup"/> deletes
/// its row, and the hashes can no longer be attributed. Until then, a person who can read the table could find a
/// visitor by hashing guessed addresses; therefore keys and hashes have short lifetimes.
/// </summary>
public sealed class VisitorKeys(TableServiceClient tables, TimeProvider clock)
{
    internal const string SecretProperty = "Secret";

    /// <summary>
    /// How long the previous key is also used after a change, so that one of the two covers the whole window.
    /// </summary>
    private static readonly TimeSpan Overlap = OnlineWindow.Length;

    /// <summary>
    /// How long before midnight tomorrow's key is read, so that all instances change at the same time without waiting.
    /// </summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    private readonly TableClient _table = tables.GetTableClient(VisitorTable.Name);
    private readonly Lock _lock = new();
    private readonly List<VisitorKey> _keys = [];

    /// <summary>Reads the keys that are needed now or soon, and creates missing ones.</summary>
    /// <exception cref="RequestFailedException">Storage failed; the known keys remain usable.</exception>
    /// <exception cref="FormatException">The row of a key has another format.</exception>
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
    /// The newest known key, followed by the previous one for some minutes after a change. Without a shared key,
    /// because storage is unavailable, the instance creates its own: a visit must not fail because of the online count.
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

    /// <summary>
    /// Returns a new key only after storage has confirmed its insertion, so that all instances use the same one.
    /// </summary>
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
            return await GetAsync(day, cancellationToken)
                ?? throw new FormatException("The row of the key was deleted.");
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
                $"The key of {day:O} in table {VisitorTable.Name} does not have {VisitorKey.Bytes} bytes.");
    }
}
