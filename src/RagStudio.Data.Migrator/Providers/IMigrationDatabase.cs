namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// One database of the set as its provider knows it. This and the other interfaces of this folder are the seam between
/// the engine and a kind of database; applications have no need of them. Implementations are safe for several threads.
/// </summary>
public interface IMigrationDatabase
{
    /// <summary>The database's name in the set, unique in it.</summary>
    string Name { get; }

    /// <summary>What holds the database. Databases whose storages are equal share one file and are backed up as one.</summary>
    IDatabaseStorage Storage { get; }

    /// <summary>The migrations that the program has for this database, in their order. Reads no EF model.</summary>
    IReadOnlyList<KnownMigration> Migrations { get; }

    /// <summary>OpenTelemetry's name of the kind of database, as in <c>db.system.name</c>.</summary>
    /// <value>Default: <c>other_sql</c>.</value>
    string SystemName => "other_sql";

    /// <summary>EF's name of its provider, on which a migration's operations may depend.</summary>
    string EFProvider { get; }

    /// <summary>What the lint asks about the migrations.</summary>
    /// <value>Default: a dialect that knows nothing.</value>
    IMigrationDialect Dialect => NoDialect.Instance;

    /// <summary>
    /// Finds out which schema migrations make, by running them in a scratch database of its own that holds nothing and is never seen
    /// by anybody. Builds EF models, which is slow, unless the migrations are compiled.
    /// </summary>
    /// <param name="versions">The migrations, all of them known, in the order of their ids.</param>
    /// <param name="compiled">The same migrations; <see langword="null"/> to have EF generate their commands.</param>
    /// <param name="onto">What the scratch database has before the first of them: the schema of this database as it was, without a row.</param>
    /// <param name="codeFor">Gives the application's code that belongs to a migration.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The schema.</returns>
    Task<DatabaseSchema> ReplayAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        DatabaseSchema onto,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        CancellationToken cancellationToken
    );

    /// <summary>The same database, of the same context and migrations, in a copy of its storage.</summary>
    /// <param name="storage">What <see cref="IDatabaseStorage.At"/> of its storage gave.</param>
    /// <returns>The database there.</returns>
    IMigrationDatabase InStorage(IDatabaseStorage storage);

    /// <summary>Generates the SQL of migrations without running it. Builds EF models: slow.</summary>
    /// <param name="versions">The migrations, all of them known, in the order of their ids.</param>
    /// <returns>The SQL of each.</returns>
    IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions);

    /// <summary>Reads the compiled migrations that the program brings along. Reads no EF model.</summary>
    /// <returns>The migrations; <see langword="null"/> where there are none.</returns>
    /// <exception cref="InvalidDataException">They cannot be used.</exception>
    CompiledMigrations? FindCompiled();

    /// <summary>Compiles all migrations anew, without a database. Builds EF models: slow.</summary>
    /// <returns>The migrations.</returns>
    /// <exception cref="InvalidOperationException">They cannot be compiled.</exception>
    CompiledMigrations Compile();
}
