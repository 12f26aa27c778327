using System.Data.Common;

namespace RagStudio.Data.Migrator;

/// <summary>
/// A migration failed. <see cref="MigrationException.DataState"/> says whether its changes were undone.
/// </summary>
public sealed class MigrationFailedException : MigrationException
{
    internal MigrationFailedException(
        string database,
        string? version,
        DataState dataState,
        Exception cause,
        IReadOnlyList<string> contradictions
    )
        : base(
            MigrationPhase.Apply,
            dataState,
            $"{(version is null ? "Migrating" : $"The migration '{version}' of")} the database '{database}' failed: "
                + $"{Sentence(cause)} {Describe(contradictions)}{dataState.Sentence()}",
            cause
        ) => (Database, Version, Contradictions) = (database, version, contradictions);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>The migration that failed; <see langword="null"/> if EF failed outside any migration.</summary>
    public string? Version { get; }

    /// <summary>
    /// How the database already differed, before the run, from the state that its history records, as far as the
    /// failure concerns it: one sentence for each difference. A program that is killed while EF migrates leaves such a
    /// state.
    /// </summary>
    public IReadOnlyList<string> Contradictions { get; }

    /// <summary>A driver adds paragraphs of details, of which some quote rows and others say only that they do not.</summary>
    private static string Sentence(Exception cause)
    {
        var message = cause is DbException ? cause.Message.Split("\n\n")[0].TrimEnd() : cause.Message;
        return message is [.., '.' or '!' or '?'] ? message : message + ".";
    }

    private static string Describe(IReadOnlyList<string> contradictions) =>
        contradictions.Count == 0
            ? ""
            : $"Before the run the database already differed from what its history records: {VersionList.Format(contradictions, "; ")}. "
                + "Another program may have applied half of a migration; 'ragstudio-db status' and 'ragstudio-db validate' show the differences, and 'ragstudio-db adopt --dry-run' shows which version it is. ";
}
