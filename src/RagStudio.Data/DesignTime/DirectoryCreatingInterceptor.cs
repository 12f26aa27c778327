using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RagStudio.Data;

// A fresh clone has no data folder, and SQLite only creates files. EF checks for a database through a
// read-only connection, so commands that only read create nothing.
internal sealed class DirectoryCreatingInterceptor : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    )
    {
        CreateDirectoryOf(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        CreateDirectoryOf(connection);
        return ValueTask.FromResult(result);
    }

    private static void CreateDirectoryOf(DbConnection connection)
    {
        if (new SqliteConnectionStringBuilder(connection.ConnectionString).Mode != SqliteOpenMode.ReadOnly)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(connection.DataSource)!);
        }
    }
}
