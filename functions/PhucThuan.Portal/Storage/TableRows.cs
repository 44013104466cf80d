using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Storage;

/// <summary>Point reads that tell a missing row from a missing table.</summary>
internal static class TableRows
{
    private const string TableNotFound = "TableNotFound";

    /// <summary>The row, or null when the table has none under these keys.</summary>
    /// <exception cref="RequestFailedException">
    /// Storage failed, or the table itself is missing. The client library answers "no such row" to both; a missing
    /// table would then be shown as a count of zero.
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
