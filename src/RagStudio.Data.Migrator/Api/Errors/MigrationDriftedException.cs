namespace RagStudio.Data.Migrator;

/// <summary>
/// Migrations were edited after they had been applied, so the database may not be what the program expects. Nothing was
/// changed. See <see cref="IMigrationManager.AcceptAsync"/>.
/// </summary>
public sealed class MigrationDriftedException : MigrationException
{
    private MigrationDriftedException(string database, IReadOnlyList<string> versions, string consequence)
        : base(
            MigrationPhase.Plan,
            DataState.Unchanged,
            $"In the database '{database}', {VersionList.Format(versions)} {(versions.Count == 1 ? "was" : "were")} edited after having been applied"
                + $"{consequence}. Nothing was changed. Undo the edit and put the change into a new migration; or, "
                + "if the database is as it should be, accept the migration with a reason."
        ) => (Database, Versions) = (database, versions);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>The edited migrations, in the order in which they would run.</summary>
    public IReadOnlyList<string> Versions { get; }

    internal static MigrationDriftedException Forward(string database, IReadOnlyList<string> versions) =>
        new(database, versions, "");

    internal static MigrationDriftedException Backward(string database, IReadOnlyList<string> versions) =>
        new(database, versions, ", so their Down may not revert what was applied");
}
