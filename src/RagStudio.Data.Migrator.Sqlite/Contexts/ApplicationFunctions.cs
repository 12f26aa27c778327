using System.Data.Common;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>
/// Registers the application's functions and collations on a connection: those of its interceptors, and those of EF's provider.
/// That creates contexts, so it is done only once SQLite has missed one.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="databases">The databases whose contexts register them.</param>
/// <param name="settle">Resets the connection's settings afterwards: interceptors set pragmas too.</param>
internal sealed class ApplicationFunctions(
    SqliteConnection connection,
    IReadOnlyList<ISqliteMigrationDatabase> databases,
    Action? settle = null
)
{
    /// <summary>True if everything available is registered: what is still missing is not available.</summary>
    public bool AreRegistered { get; private set; } = databases.Count == 0;

    /// <summary>Runs the work, and runs it again with the application's functions if SQLite missed one.</summary>
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
                // An interceptor may want more of a connection than one that only reads can do. What is still
                // missing fails the statement that needs it.
            }
        }
        settle?.Invoke();
    }
}
