namespace RagStudio.Data.Migrator;

/// <summary>The plan is not allowed as it is. Nothing was changed.</summary>
public sealed class PlanRefusedException : MigrationException
{
    internal PlanRefusedException(string database, IReadOnlyList<string> versions, string reason)
        : base(MigrationPhase.Plan, DataState.Unchanged, $"{reason} Nothing was changed.") =>
        (Database, Versions) = (database, versions);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>The migrations that the refusal concerns.</summary>
    public IReadOnlyList<string> Versions { get; }
}
