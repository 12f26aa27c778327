using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>Determines from a connection string if there is a file that a run can lock, back up and restore.</summary>
internal static class GuardedFile
{
    /// <exception cref="InvalidOperationException">The file is named by a URI.</exception>
    public static bool IsIn([NotNullWhen(true)] string? connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (connectionString is null || IsInMemory(builder) || builder.Mode == SqliteOpenMode.ReadOnly)
        {
            return false;
        }
        if (builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"'{builder.DataSource}' is a URI, whose parameters may change which file is meant and how. Nothing was changed. Guarded migrations need the path of the file as the Data Source."
            );
        }
        return true;
    }

    private static bool IsInMemory(SqliteConnectionStringBuilder builder) =>
        builder.Mode == SqliteOpenMode.Memory
        || builder.DataSource is ""
        || builder.DataSource.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
        || builder.DataSource.Contains("mode=memory", StringComparison.OrdinalIgnoreCase);
}
