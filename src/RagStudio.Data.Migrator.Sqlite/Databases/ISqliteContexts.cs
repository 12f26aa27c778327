using System.Reflection;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>Supplies the context of a database, and what EF needs to know about it.</summary>
internal interface ISqliteContexts
{
    /// <summary>The context class that the migrations belong to.</summary>
    Type ContextType { get; }

    /// <summary>The assembly that contains them.</summary>
    Assembly MigrationsAssembly { get; }

    /// <summary>The table in which EF records the applied migrations, according to the options.</summary>
    string HistoryTable { get; }

    /// <summary>
    /// True if the history may be elsewhere or have other columns: because of a convention, a service, or the
    /// class's own configuration.
    /// </summary>
    bool MayChangeHistory { get; }

    /// <summary>
    /// True if a context is needed even without migrations by EF: for interceptors, seeding, logging, or the
    /// class's own configuration.
    /// </summary>
    bool AlwaysUseContext { get; }

    /// <summary>Connects a context to an open connection, which stays open when the context is released.</summary>
    ConnectedContext Connect(SqliteConnection connection);
}
