using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhucThuan.Portal.Visits.Checkpoints;

/// <summary>
/// The numbers at the end of a day in Viet Nam. A checkpoint is a line of JSON (RFC 8259, UTF-8) that contains the hash
/// of the previous line. A saved copy of a line therefore reveals any later change of this or an earlier line.
/// </summary>
/// <param name="Day">The day that has ended.</param>
/// <param name="Visits">Visits of the day.</param>
/// <param name="Views">Views of the day.</param>
/// <param name="CountedVisits">All visits counted until the end of the day.</param>
/// <param name="CountedViews">All views counted until the end of the day.</param>
/// <param name="Ledger">Sum of the ledger entries until the end of the day.</param>
/// <param name="Total">Sum of <paramref name="CountedVisits"/> and <paramref name="Ledger"/>.</param>
/// <param name="Articles">
/// Numbers by article; their sums are <paramref name="Visits"/> and <paramref name="Views"/>.
/// </param>
/// <param name="Previous"><see cref="HashOf"/> the previous line; null in the first line.</param>
public sealed record Checkpoint(
    DateOnly Day,
    long Visits,
    long Views,
    long CountedVisits,
    long CountedViews,
    long Ledger,
    long Total,
    IReadOnlyDictionary<string, ArticleSum> Articles,
    string? Previous)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never inside HTML
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>SHA-256 (FIPS 180-4) of a line without its line feed, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));

    /// <exception cref="FormatException">The line is not a checkpoint.</exception>
    public static Checkpoint Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<Checkpoint>(line, Json)
                ?? throw new FormatException("The line is null.");
        }
        catch (JsonException fault)
        {
            throw new FormatException("The line is not a checkpoint: " + fault.Message, fault);
        }
    }

    /// <summary>Without a line feed.</summary>
    public byte[] ToLine() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}

/// <summary>Visits and views of an article on a day.</summary>
public sealed record ArticleSum(long Visits, long Views);
