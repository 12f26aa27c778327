namespace RagStudio.Data.Migrator;

/// <summary>Migrations to revert have no usable <c>Down</c>. Nothing was changed.</summary>
public sealed class RollbackNotSupportedException : MigrationException
{
    internal RollbackNotSupportedException(string database, IReadOnlyList<string> versions, string? fittingBackup)
        : base(MigrationPhase.Plan, DataState.Unchanged, Describe(database, versions, fittingBackup)) =>
        (Database, Versions, FittingBackupId) = (database, versions, fittingBackup);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>The migrations whose <c>Down</c> is missing, empty or throws.</summary>
    public IReadOnlyList<string> Versions { get; }

    /// <summary>The newest backup at the requested version; <see langword="null"/> if there is none.</summary>
    public string? FittingBackupId { get; }

    private static string Describe(string database, IReadOnlyList<string> versions, string? fittingBackup) =>
        $"The database '{database}' cannot be rolled back: {VersionList.Format(versions)} cannot be reverted. Nothing was changed. "
        + (
            fittingBackup is null
                ? "There is no backup at that version."
                : $"The backup '{fittingBackup}' is at that version: restoring it discards everything written since."
        );
}
