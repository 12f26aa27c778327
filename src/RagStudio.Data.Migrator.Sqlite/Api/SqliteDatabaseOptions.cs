using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Options of a context that differ from EF's defaults.</summary>
public sealed class SqliteDatabaseOptions
{
    /// <summary>The assembly that holds the context's migrations.</summary>
    /// <value>Default <see langword="null"/>: the context's own assembly.</value>
    public Assembly? MigrationsAssembly { get; set; }

    /// <summary>The table in which EF records the applied migrations.</summary>
    /// <value>Default <c>__EFMigrationsHistory</c>, as in EF.</value>
    public string MigrationsHistoryTable { get; set; } = "__EFMigrationsHistory";

    /// <summary>
    /// True if the application's connections enforce foreign keys, for a database that is named by its file: a connection string specifies it. Migrations
    /// run with the same setting as the application's statements.
    /// </summary>
    /// <value>Default <see langword="null"/>: SQLite's default, which is to enforce them in the library that ships with EF.</value>
    public bool? ForeignKeys { get; set; }

    /// <summary>
    /// Completes the options of the migrating context: warnings, seeding, services that the migrations need.
    /// The connection is already set, and belongs to the migrator.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public Action<DbContextOptionsBuilder>? ConfigureContext { get; set; }

    /// <summary>
    /// Creates the migrating context, if the application's services cannot. It must be a new context with
    /// exactly the given options; its connection is set afterwards, even if it configures one itself.
    /// </summary>
    /// <value>
    /// Default <see langword="null"/>: by a constructor that takes the options, other arguments come from the
    /// services.
    /// </value>
    public Func<DbContextOptions, DbContext>? CreateContext { get; set; }
}
