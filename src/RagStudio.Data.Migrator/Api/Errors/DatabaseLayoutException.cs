namespace RagStudio.Data.Migrator;

/// <summary>
/// The databases that are there are in other files than those that a program was told to use, or two stand for one: going on would make, or
/// take, an empty one beside the one that is full. Nothing was changed.
/// </summary>
public sealed class DatabaseLayoutException : MigrationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="folder">The folder of the databases.</param>
    /// <param name="found">What is there, and what was asked for, as a sentence.</param>
    /// <param name="advice">How to go on, as a sentence.</param>
    public DatabaseLayoutException(string folder, string found, string advice)
        : base(MigrationPhase.Plan, DataState.Unchanged, $"{found} Nothing was changed. {advice}") => Folder = folder;

    /// <summary>The folder of the databases.</summary>
    public string Folder { get; }
}
