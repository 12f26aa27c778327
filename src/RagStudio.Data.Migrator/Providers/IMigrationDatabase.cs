using Microsoft.EntityFrameworkCore.Metadata;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A database of the set as its provider implements it. This and the other interfaces of this folder are the
/// seam between the engine and a kind of database; applications do not need them. Implementations are
/// thread-safe.
/// </summary>
public interface IMigrationDatabase
{
    /// <summary>The database's name in the set, unique in it.</summary>
    string Name { get; }

    /// <summary>
    /// The storage that contains the database. Databases with equal storages share one file and are backed up
    /// together.
    /// </summary>
    IDatabaseStorage Storage { get; }

    /// <summary>The program's migrations for this database, in order. Reading them builds no EF model.</summary>
    IReadOnlyList<KnownMigration> Migrations { get; }

    /// <summary>OpenTelemetry's name for the kind of database, as in <c>db.system.name</c>.</summary>
    /// <value>Default: <c>other_sql</c>.</value>
    string SystemName => "other_sql";

    /// <summary>EF's name of its provider, which a migration's operations may depend on.</summary>
    string EFProvider { get; }

    /// <summary>Compares the names of its tables, columns and other objects.</summary>
    /// <value>Default: by <see cref="StringComparer.OrdinalIgnoreCase"/>.</value>
    StringComparer Names => StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// Returns the name of a migration operation's table: the one by which <see cref="IStorageReader"/> and the
    /// application's rules know it.
    /// </summary>
    /// <param name="schema">The schema; <see langword="null"/> for the default one.</param>
    /// <param name="table">The table.</param>
    /// <returns>Default: the table without its schema.</returns>
    string NameOf(string? schema, string table) => table;

    /// <summary>
    /// Returns the name of an object that shares the schema of a table, such as an index, as <see cref="NameOf"/> returns
    /// it: it tells the object from those of the same name in other schemas.
    /// </summary>
    /// <param name="table">The table, by the name that <see cref="NameOf"/> returns.</param>
    /// <param name="name">The object's own name.</param>
    /// <returns>Default: the name alone, where all tables share one schema.</returns>
    string NameBeside(string table, string name) => name;

    /// <summary>Answers the lint's questions about migrations.</summary>
    /// <value>Default: a dialect that knows nothing.</value>
    IMigrationDialect Dialect => NoDialect.Instance;

    /// <summary>
    /// Determines the schema that migrations create by running them in a separate scratch database, which is
    /// empty and never visible to others. Builds EF models, which is slow, unless the migrations are
    /// compiled.
    /// </summary>
    /// <param name="versions">The migrations, all of them known, in the order of their ids.</param>
    /// <param name="compiled">The same migrations; <see langword="null"/> to have EF generate their commands.</param>
    /// <param name="onto">
    /// The initial schema of the scratch database: an earlier one of this database, without rows. A provider that cannot
    /// recreate a schema from what it reads throws a <see cref="NotSupportedException"/> unless it is empty, and is asked
    /// to replay all migrations.
    /// </param>
    /// <param name="codeFor">Returns the application's code that belongs to a migration.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The schema.</returns>
    Task<DatabaseSchema> ReplayAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        DatabaseSchema onto,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Runs migrations in an empty scratch database as <see cref="ReplayAsync"/> does, and passes on the schema after each.
    /// </summary>
    /// <param name="versions">The migrations, all of them known, in the order of their ids.</param>
    /// <param name="compiled">The same migrations; <see langword="null"/> to have EF generate their commands.</param>
    /// <param name="codeFor">Returns the application's code that belongs to a migration.</param>
    /// <param name="after">Receives each migration and the schema after it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A task that ends after the last one.</returns>
    Task ReplayEachAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        Action<string, DatabaseSchema> after,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("this kind of database cannot tell what each of its migrations makes");

    /// <summary>
    /// True if <see cref="ReplayAsync"/> may run on another thread while a run of the same database goes on: it shares no
    /// context with it, and nothing that the application has configured.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    bool CanReplayBesideRun => false;

    /// <summary>
    /// Finds out from the database itself how migrations would treat others that use it meanwhile, and what would fail
    /// only after everything else is committed. Changes nothing that others see.
    /// </summary>
    /// <param name="request">The migrations.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The findings, in the order of the run. Default: none.</returns>
    Task<IReadOnlyList<MigrationFinding>> LintAsync(LintRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MigrationFinding>>([]);

    /// <summary>Creates the same database, with the same context and migrations, in a copy of its storage.</summary>
    /// <param name="storage">The result of <see cref="IScratch.ReserveAsync"/> for its storage.</param>
    /// <returns>The database in that storage.</returns>
    IMigrationDatabase InStorage(IDatabaseStorage storage);

    /// <summary>Generates the SQL of migrations without running it. Builds EF models, which is slow.</summary>
    /// <param name="versions">The migrations, all of them known, in the order of their ids.</param>
    /// <returns>The SQL of each.</returns>
    IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions);

    /// <summary>Reads the compiled migrations embedded in the program. Builds no EF model.</summary>
    /// <returns>The migrations; <see langword="null"/> if there are none.</returns>
    /// <exception cref="InvalidDataException">They cannot be used.</exception>
    CompiledMigrations? FindCompiled();

    /// <summary>Compiles all migrations again, without a database. Builds EF models, which is slow.</summary>
    /// <returns>The migrations.</returns>
    /// <exception cref="InvalidOperationException">They cannot be compiled.</exception>
    CompiledMigrations Compile();

    /// <summary>The tables of no model whose rows follow from others, so that a copy leaves them out.</summary>
    /// <value>Default: none.</value>
    IEnumerable<string> DerivedTables => [];

    /// <summary>Builds the relational model of the context, with everything that only its design knows.</summary>
    /// <returns>The model.</returns>
    IRelationalModel BuildModel() => throw new NotSupportedException($"The rows of '{Name}' cannot be copied.");
}
