namespace RagStudio.Data.Migrator.Providers;

/// <summary>A database of a storage that is cloned.</summary>
/// <param name="Database">The database.</param>
/// <param name="Applied">Its applied migrations, all of them known, in the order of their ids.</param>
/// <param name="Compiled">The same migrations; <see langword="null"/> to have EF generate their commands.</param>
/// <param name="CodeFor">Returns the application's code that belongs to a migration.</param>
public sealed record ClonedDatabase(
    IMigrationDatabase Database,
    IReadOnlyList<string> Applied,
    CompiledSteps? Compiled,
    Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> CodeFor
);
