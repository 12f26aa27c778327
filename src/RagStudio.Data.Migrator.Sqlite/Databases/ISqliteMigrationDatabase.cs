using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>A database as its storage sees it, independent of its context's type.</summary>
internal interface ISqliteMigrationDatabase : IMigrationDatabase
{
    /// <summary>The class of its context.</summary>
    Type ContextType { get; }

    /// <summary>The owner of its rows in the migrator's own tables.</summary>
    SqliteOwner Owner { get; }

    /// <summary>The table in which EF records the applied migrations, according to the options.</summary>
    string HistoryTable { get; }

    /// <summary>True if the context may keep its history elsewhere or with other columns.</summary>
    bool MayChangeHistory { get; }

    /// <summary>
    /// The history according to the context's EF services. Read once, because that creates a context.
    /// </summary>
    EFHistory History { get; }

    /// <summary>Reads the ids that the context's own history repository reports.</summary>
    IReadOnlyList<string> ReadAppliedByEF(SqliteConnection connection);

    /// <summary>The statements that change the history, of the connected context if there is one.</summary>
    SqliteEFHistory HistoryChanges(DbContext? connected);

    /// <summary>Connects the context to an open connection, which stays open when the context is released.</summary>
    ConnectedContext Connect(SqliteConnection connection);

    /// <summary>
    /// Connects the context for compiled migrations, if they involve it: because of its interceptors, its
    /// seeding, or functions that EF's provider adds.
    /// </summary>
    /// <param name="compiled">The commands to run; <see langword="null"/> if EF has to generate them.</param>
    /// <param name="codeFor">Returns the application's code that belongs to a migration.</param>
    /// <param name="connection">The open connection.</param>
    /// <returns>The context; <see langword="null"/> if none is needed.</returns>
    ConnectedContext? ConnectFor(
        CompiledSteps? compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        SqliteConnection connection
    );
}
