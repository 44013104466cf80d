using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Storage;

/// <summary>Point reads that distinguish a missing row from a missing table.</summary>
internal static class TableRows
{
    private const string TableNotFound = "TableNotFound";

    /// <summary>Null when the table has no row with these keys.</summary>
    /// <exception cref="RequestFailedException">
    /// Storage failed, or the table is missing. The client library reports a missing table as a missing row, which
    /// readers would see as a count of zero.
    /// </exception>
    public static async Task<TableEntity?> FindAsync(
        this TableClient table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            partitionKey, rowKey, cancellationToken: cancellationToken);
        if (row.HasValue)
        {
            return row.Value;
        }

        var response = row.GetRawResponse();
        return response.Content.ToString().Contains(TableNotFound, StringComparison.Ordinal)
            ? throw new RequestFailedException(response)
            : null;
    }
}
