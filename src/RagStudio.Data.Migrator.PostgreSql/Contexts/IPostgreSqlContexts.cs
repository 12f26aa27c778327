using System.Reflection;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>Supplies the context of a database, and what EF needs to know about it.</summary>
internal interface IPostgreSqlContexts
{
    /// <summary>The context class that the migrations belong to.</summary>
    Type ContextType { get; }

    /// <summary>The assembly that contains them.</summary>
    Assembly MigrationsAssembly { get; }

    /// <summary>EF's history according to the options alone.</summary>
    EFHistory History { get; }

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

    /// <summary>
    /// Prepares a connection for what contexts write: enums are mapped by the driver, as EF's own connections map them.
    /// </summary>
    void Configure(NpgsqlDataSourceBuilder connections);

    /// <summary>Connects a context to a connection, which stays open when the context is released.</summary>
    /// <param name="connection">The connection; <see langword="null"/> for a context that is only asked for SQL.</param>
    ConnectedContext Connect(NpgsqlConnection? connection);
}
