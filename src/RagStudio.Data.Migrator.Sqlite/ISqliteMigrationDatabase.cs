using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>What a storage has to know of a database in it, whatever its context's type.</summary>
internal interface ISqliteMigrationDatabase : IMigrationDatabase
{
    /// <summary>The class of its context.</summary>
    Type ContextType { get; }

    /// <summary>The table in which EF records the applied migrations.</summary>
    string HistoryTable { get; }

    /// <summary>What its lines in the migrator's own tables are known by.</summary>
    SqliteOwner Owner { get; }

    /// <summary>Gives the context a connection that is open, and stays open when the context is let go.</summary>
    ConnectedContext Connect(SqliteConnection connection);

    /// <summary>
    /// The same for compiled migrations, where the context has a part in them: its interceptors, its seeding, or functions that EF's provider adds.
    /// </summary>
    /// <param name="compiled">What is going to be run; <see langword="null"/> where EF has to generate it.</param>
    /// <param name="codeFor">Gives the application's code that belongs to a migration.</param>
    /// <param name="connection">The open connection.</param>
    /// <returns>The context; <see langword="null"/> where none is needed.</returns>
    ConnectedContext? ConnectFor(
        CompiledSteps? compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        SqliteConnection connection
    );
}
