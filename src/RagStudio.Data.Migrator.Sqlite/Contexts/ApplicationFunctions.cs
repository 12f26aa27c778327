using System.Data.Common;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>
/// Registers the application's functions and collations on a connection: those of its interceptors and those
/// of EF's provider. This creates contexts, so it is deferred until SQLite misses one.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="databases">The databases with the contexts that register them.</param>
/// <param name="settle">Resets the connection's settings afterwards, because interceptors also set pragmas.</param>
internal sealed class ApplicationFunctions(
    SqliteConnection connection,
    IReadOnlyList<ISqliteMigrationDatabase> databases,
    Action? settle = null
)
{
    /// <summary>True if everything available is registered: anything still missing is not available.</summary>
    public bool AreRegistered { get; private set; } = databases.Count == 0;

    /// <summary>Runs the work, and reruns it with the application's functions if SQLite missed one.</summary>
    public async Task<T> RunAsync<T>(Func<T> work)
    {
        if (!AreRegistered)
        {
            try
            {
                return work();
            }
            catch (SqliteException failure) when (failure.IsUnknownName())
            {
                await RegisterAsync().ConfigureAwait(false);
            }
        }
        return work();
    }

    private async Task RegisterAsync()
    {
        AreRegistered = true;
        foreach (var database in databases)
        {
            using var connected = database.Connect(connection);
            try
            {
                await connected.NotifyOpenedAsync().ConfigureAwait(false);
            }
            catch (DbException)
            {
                // An interceptor may need more than a read-only connection allows. Anything still missing
                // fails the statement that needs it.
            }
        }
        settle?.Invoke();
    }
}
