using System.Data.Common;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>
/// Gives a connection what the application's own have: functions and collations that its interceptors register, and those of EF's provider.
/// That creates contexts, so it is done where SQLite misses one, and not before.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="databases">The databases whose contexts are told of it.</param>
/// <param name="settle">Puts the connection right afterwards: interceptors set pragmas too.</param>
internal sealed class ApplicationFunctions(
    SqliteConnection connection,
    IReadOnlyList<ISqliteMigrationDatabase> databases,
    Action? settle = null
)
{
    /// <summary>Whether the connection has all that there is: what it still lacks nobody can give it.</summary>
    public bool AreRegistered { get; private set; } = databases.Count == 0;

    /// <summary>Does work, and does it anew where SQLite missed something that the application has.</summary>
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
                // An interceptor may want more of a connection than one that only reads can do. What it has not given by then is told as
                // missing by whoever needs it.
            }
        }
        settle?.Invoke();
    }
}
