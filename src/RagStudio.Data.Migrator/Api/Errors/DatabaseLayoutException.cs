namespace RagStudio.Data.Migrator;

/// <summary>
/// The existing databases are in other files than the program is configured to use, or two files claim to be the same
/// database. Continuing would create or use an empty database beside the full one. Nothing was changed.
/// </summary>
public sealed class DatabaseLayoutException : MigrationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="folder">The folder of the databases.</param>
    /// <param name="found">What exists and what was requested, as a sentence.</param>
    /// <param name="advice">The next step for the user, as a sentence.</param>
    public DatabaseLayoutException(string folder, string found, string advice)
        : base(MigrationPhase.Plan, DataState.Unchanged, $"{found} Nothing was changed. {advice}") => Folder = folder;

    /// <summary>The folder of the databases.</summary>
    public string Folder { get; }
}
