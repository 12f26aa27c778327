using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>Queries of an application's code that were not read to their end, and lasted longer than their transaction.</summary>
internal static unsafe class OpenStatements
{
    /// <summary>Ends them: a checkpoint and a restore need a connection on which nothing reads.</summary>
    public static void End(SqliteConnection connection)
    {
        if (SqliteLibrary.NextStatement == null || SqliteLibrary.Reset == null)
        {
            return;
        }
        var database = connection.Handle!.DangerousGetHandle();
        for (nint statement = 0; (statement = SqliteLibrary.NextStatement(database, statement)) != 0; )
        {
            // Tells how the statement itself has ended, which is known.
            _ = SqliteLibrary.Reset(statement);
        }
        GC.KeepAlive(connection);
    }
}
