namespace RagStudio.Data.Migrator;

/// <summary>
/// The program has no migration for a database of its set: it looks for them in the wrong assembly, or they were
/// trimmed away when it was published. Without migrations a new database would stay without tables, and an existing one
/// would look newer. Nothing was changed.
/// </summary>
public sealed class NoMigrationsException : MigrationException
{
    internal NoMigrationsException(string database)
        : base(MigrationPhase.Plan, DataState.Unchanged, Describe(database)) => Database = database;

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    private static string Describe(string database) =>
        $"This program has no migration for the database '{database}'. Nothing was changed. Check whether there are any (dotnet ef migrations add), whether they "
        + "are in the assembly of the context or in the one that MigrationsAssembly names, and, where the program is published with PublishTrimmed, "
        + "whether it keeps that assembly: <TrimmerRootAssembly Include=\"…\" />.";
}
