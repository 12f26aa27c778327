using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>Queries of an application's code that were not read to the end and outlived their transaction.</summary>
internal static unsafe class OpenStatements
{
    /// <summary>Resets them: a checkpoint and a restore need a connection without active readers.</summary>
    public static void End(SqliteConnection connection)
    {
        if (SqliteLibrary.NextStatement == null || SqliteLibrary.Reset == null)
        {
            return;
        }
        var database = connection.Handle!.DangerousGetHandle();
        for (nint statement = 0; (statement = SqliteLibrary.NextStatement(database, statement)) != 0; )
        {
            // Returns the statement's own result, which is already known.
            _ = SqliteLibrary.Reset(statement);
        }
        GC.KeepAlive(connection);
    }
}
