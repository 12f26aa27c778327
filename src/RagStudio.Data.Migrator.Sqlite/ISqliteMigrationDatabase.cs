using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>What a storage has to know of a database in it, whatever its context's type.</summary>
internal interface ISqliteMigrationDatabase : IMigrationDatabase
{
    /// <summary>The table in which EF records the applied migrations.</summary>
    string HistoryTable { get; }

    /// <summary>Creates the context on a given open connection.</summary>
    DbContext CreateContext(SqliteConnection connection, Action<DbContextOptionsBuilder> configure);
}
