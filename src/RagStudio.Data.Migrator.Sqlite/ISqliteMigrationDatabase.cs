using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>What a storage has to know of a database in it, whatever its context's type.</summary>
internal interface ISqliteMigrationDatabase : IMigrationDatabase
{
    /// <summary>The table in which EF records the applied migrations.</summary>
    string HistoryTable { get; }

    /// <summary>Gives the context a connection that is open, and stays open when the context is let go.</summary>
    ConnectedContext Connect(SqliteConnection connection);
}
