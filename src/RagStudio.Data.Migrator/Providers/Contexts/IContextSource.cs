using System.Data.Common;
using System.Reflection;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>Supplies the context of a database, and what EF needs to know about it.</summary>
public interface IContextSource
{
    /// <summary>The context class that the migrations belong to.</summary>
    Type ContextType { get; }

    /// <summary>The assembly that contains them.</summary>
    Assembly MigrationsAssembly { get; }

    /// <summary>The table in which EF records the applied migrations, according to the options.</summary>
    string HistoryTable { get; }

    /// <summary>The schema of that table according to the options; <see langword="null"/> if they name none.</summary>
    string? HistorySchema { get; }

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

    /// <summary>True if the context may have options of its own: the application's, or the class's configuration.</summary>
    bool MayHaveOptions { get; }

    /// <summary>The tables of no model whose rows follow from others, according to the options.</summary>
    /// <value>Default: none.</value>
    IEnumerable<string> DerivedTables => [];

    /// <summary>Connects a context to an open connection, which stays open when the context is released.</summary>
    /// <param name="connection">The connection; <see langword="null"/> for a context that is only asked for SQL.</param>
    /// <returns>The context.</returns>
    ConnectedContext Connect(DbConnection? connection);
}
