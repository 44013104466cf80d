using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Bill;

/// <summary>One request to storage, with its price and its name in the tables.</summary>
/// <param name="Name">Such as <c>table GET visits 00/site</c>, without keys that differ in each run.</param>
internal sealed partial record StorageOperation(bool IsTable, OperationPrice Price, string Name)
{
    /// <param name="target">Path and query, <c>/account/…</c>.</param>
    public static StorageOperation Of(bool isTable, string method, string target)
    {
        var (path, query) = target.Split('?', 2) is [var first, var second] ? (first, second) : (target, "");
        var resource = Uri.UnescapeDataString(string.Join('/', path.Split('/').Skip(2)));
        return isTable
            ? new(true, OperationPrice.Table, $"table {method} {TableName(resource, query)}")
            : new(false, PriceOf(method, query), $"blob {method} {BlobName(resource)}{ListName(query)}");
    }

    /// <summary>Microsoft, "Map each REST operation to a price", general purpose v2.</summary>
    private static OperationPrice PriceOf(string method, string query) =>
        HttpMethods.IsDelete(method)
            ? OperationPrice.Free
            : query.Contains("comp=list", StringComparison.Ordinal)
                || (HttpMethods.IsPut(method) && !query.Contains("comp=lease", StringComparison.Ordinal))
                ? OperationPrice.Write
                : OperationPrice.Read;

    private static string TableName(string resource, string query)
    {
        var name = Unused().Replace(Keys().Replace(Id().Replace(resource, "…"), " $1/$2"), "01 to 15");
        return Filter().Match(Uri.UnescapeDataString(query)) is { Success: true } filter
            ? $"{name} where {Id().Replace(Times().Replace(filter.Groups[1].Value, "…"), "…")}"
            : name;
    }

    private static string BlobName(string resource) => Id().Replace(resource, "…");

    private static string ListName(string query) =>
        query.Contains("comp=list", StringComparison.Ordinal) ? " (list)" : "";

    [GeneratedRegex(@"\(PartitionKey='([^']*)',RowKey='([^']*)'\)")]
    private static partial Regex Keys();

    [GeneratedRegex("[0-9a-f]{16,}|[A-Za-z0-9_-]{22}(?='|$)")]
    private static partial Regex Id();

    [GeneratedRegex("datetime'[^']*'|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]+)?")]
    private static partial Regex Times();

    /// <summary>
    /// Partitions that a portal with one instance does not use; it reads their fences occasionally.
    /// </summary>
    [GeneratedRegex("(?<=^visits )(0[1-9]|1[0-5])(?=/commit$)")]
    private static partial Regex Unused();

    [GeneratedRegex(@"\$filter=([^&]*)")]
    private static partial Regex Filter();
}

internal enum OperationPrice
{
    Table,
    Write,
    Read,
    Free,
}
