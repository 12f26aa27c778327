using System.Reflection;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>Where the context of a database comes from, and what EF needs to know of it.</summary>
internal interface ISqliteContexts
{
    /// <summary>The class that the migrations belong to.</summary>
    Type ContextType { get; }

    /// <summary>The assembly that holds them.</summary>
    Assembly MigrationsAssembly { get; }

    /// <summary>The table in which EF records the applied migrations, as far as the options say.</summary>
    string HistoryTable { get; }

    /// <summary>Whether the history may be another, or have other columns: by a convention, a service, or what the class configures itself.</summary>
    bool MayChangeHistory { get; }

    /// <summary>
    /// Whether a context has something to do even where EF does not migrate: interceptors, seeding, a log, or what its class configures itself.
    /// </summary>
    bool ParticipateInRun { get; }

    /// <summary>Gives a context a connection that is open, and stays open when the context is let go.</summary>
    ConnectedContext Connect(SqliteConnection connection);
}
