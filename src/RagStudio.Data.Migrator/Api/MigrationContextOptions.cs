using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator;

/// <summary>Options of a migrated context that differ from EF's defaults.</summary>
public abstract class MigrationContextOptions
{
    /// <summary>The assembly that holds the context's migrations.</summary>
    /// <value>Default <see langword="null"/>: the context's own assembly.</value>
    public Assembly? MigrationsAssembly { get; set; }

    /// <summary>The table in which EF records the applied migrations.</summary>
    /// <value>Default <c>__EFMigrationsHistory</c>, as in EF.</value>
    public string MigrationsHistoryTable { get; set; } = "__EFMigrationsHistory";

    /// <summary>
    /// Tables that are no part of the context's model and whose rows triggers derive from others, such as an index of
    /// full-text search. A copy of all rows leaves them out: the target's own triggers fill them.
    /// </summary>
    /// <value>Default: none.</value>
    public ISet<string> DerivedTables { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

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
