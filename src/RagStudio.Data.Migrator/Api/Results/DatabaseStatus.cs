namespace RagStudio.Data.Migrator;

/// <summary>The state of one database.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Path">Where it is, as people know it: the file's full path.</param>
/// <param name="CurrentVersion">The newest applied migration; <see langword="null"/> where none is.</param>
/// <param name="Applied">The applied migrations that the program has, in their order.</param>
/// <param name="Pending">The migrations that are not applied, in their order.</param>
/// <param name="Unknown">Applied migrations that the program does not have, in their order.</param>
/// <param name="Drift">
/// Where the database is not what its applied migrations make, a sentence each: migrations that were edited after they were applied, and a
/// schema that is another one. Empty where all is as it should be, or where that cannot be told.
/// </param>
public sealed record DatabaseStatus(
    string Name,
    string Path,
    string? CurrentVersion,
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<string> Drift
);
