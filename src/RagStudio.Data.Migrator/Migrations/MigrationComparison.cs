using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>What the ids of one database say.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Applied">Applied and known.</param>
/// <param name="Pending">Known and not applied.</param>
/// <param name="Unknown">Applied and not known.</param>
/// <param name="Newer">Those of <paramref name="Unknown"/> that are newer than every known one.</param>
/// <param name="Recorded">Those of <paramref name="Newer"/> that the migrator of a newer program has recorded.</param>
/// <param name="OutOfOrder">Those of <paramref name="Pending"/> that are older than an applied one.</param>
/// <param name="Edited">Those of <paramref name="Applied"/> that are not what was recorded when they were applied.</param>
internal sealed record MigrationComparison(
    string Database,
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<string> Newer,
    IReadOnlyList<string> Recorded,
    IReadOnlyList<string> OutOfOrder,
    IReadOnlyList<string> Edited
)
{
    /// <summary>The newest applied migration, known or not.</summary>
    public string? CurrentVersion => Applied.Concat(Unknown).Max(MigrationIdComparer.Default);

    /// <summary>
    /// What only a newer program can have applied. An application may keep rows of its own in EF's history, which it has to say; those that a
    /// migrator has recorded are none.
    /// </summary>
    public IReadOnlyList<string> NewerFor(UnknownMigrationPolicy policy) =>
        policy == UnknownMigrationPolicy.Tolerate ? Recorded : Newer;

    /// <summary>A sentence for each edited migration.</summary>
    public IReadOnlyList<string> Drift =>
        [.. Edited.Select(version => $"The migration {version} was edited after it had been applied.")];
}
