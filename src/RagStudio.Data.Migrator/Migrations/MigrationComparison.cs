using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>A database's ids compared with the program's.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Applied">Applied and known.</param>
/// <param name="Pending">Known and not applied.</param>
/// <param name="Unknown">Applied and not known.</param>
/// <param name="Newer">The part of <paramref name="Unknown"/> that is newer than every known migration.</param>
/// <param name="Recorded">
/// The part of <paramref name="Newer"/> that the migrator of a newer program has recorded.
/// </param>
/// <param name="OutOfOrder">The part of <paramref name="Pending"/> that is older than an applied migration.</param>
/// <param name="Edited">
/// The part of <paramref name="Applied"/> that differs from what was recorded when it was applied.
/// </param>
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
    /// <summary>Where the data was copied to, if the database is marked as moved.</summary>
    public string? MovedTo { get; init; }

    /// <summary>The newest applied migration, known or not.</summary>
    public string? CurrentVersion => Applied.Concat(Unknown).Max(MigrationIdComparer.Default);

    /// <summary>
    /// Returns the migrations that only a newer program can have applied. An application may keep its own
    /// rows in EF's history, if it declares that; migrations that a migrator has recorded are not such rows.
    /// </summary>
    public IReadOnlyList<string> NewerFor(UnknownMigrationPolicy policy) =>
        policy == UnknownMigrationPolicy.Tolerate ? Recorded : Newer;

    /// <summary>A sentence for each edited migration.</summary>
    public IReadOnlyList<string> Drift =>
        [.. Edited.Select(version => $"The migration {version} was edited after it had been applied.")];
}
