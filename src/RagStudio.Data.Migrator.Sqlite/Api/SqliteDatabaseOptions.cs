using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>What the migrator has to know of a context where EF's defaults are not used.</summary>
public sealed class SqliteDatabaseOptions
{
    /// <summary>The assembly that holds the context's migrations.</summary>
    /// <value>Default <see langword="null"/>: the context's own assembly.</value>
    public Assembly? MigrationsAssembly { get; set; }

    /// <summary>The table in which EF records the applied migrations.</summary>
    /// <value>Default <c>__EFMigrationsHistory</c>, as in EF.</value>
    public string MigrationsHistoryTable { get; set; } = "__EFMigrationsHistory";

    /// <summary>
    /// Whether the application's connections enforce foreign keys, where the database is named by its file: a connection string says so itself. Migrations
    /// run as the application's own statements do.
    /// </summary>
    /// <value>Default <see langword="null"/>: as SQLite does by default, which is to enforce them in the library that EF brings along.</value>
    public bool? ForeignKeys { get; set; }

    /// <summary>
    /// Completes the options of the context that migrates: warnings, seeding, services that the migrations need. The
    /// connection is the migrator's own and is set already.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public Action<DbContextOptionsBuilder>? ConfigureContext { get; set; }

    /// <summary>
    /// Creates the context that migrates, where the application's services cannot. The context must be a new one with exactly the given
    /// options; it is given its connection afterwards, also where it configures one itself.
    /// </summary>
    /// <value>Default <see langword="null"/>: by a constructor that takes the options, other arguments come from the services.</value>
    public Func<DbContextOptions, DbContext>? CreateContext { get; set; }
}
