using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>What a storage has to know of a database in it, whatever its context's type.</summary>
internal interface ISqliteMigrationDatabase : IMigrationDatabase
{
    /// <summary>The class of its context.</summary>
    Type ContextType { get; }

    /// <summary>What its lines in the migrator's own tables are known by.</summary>
    SqliteOwner Owner { get; }

    /// <summary>The table in which EF records the applied migrations, as far as the options say.</summary>
    string HistoryTable { get; }

    /// <summary>Whether something of the context's may put the history elsewhere or give it other columns.</summary>
    bool MayChangeHistory { get; }

    /// <summary>The history as the context's EF knows it, which is asked once: that creates a context.</summary>
    EFHistory History { get; }

    /// <summary>The ids that the context's own history repository reads.</summary>
    IReadOnlyList<string> ReadAppliedByEF(SqliteConnection connection);

    /// <summary>The statements that change the history, of a context where one is connected.</summary>
    SqliteEFHistory HistoryChanges(DbContext? connected);

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
