namespace RagStudio.Data.Migrator;

/// <summary>What is pending may not be run as it is. Nothing was changed.</summary>
public sealed class PlanRefusedException : MigrationException
{
    internal PlanRefusedException(string database, IReadOnlyList<string> versions, string reason)
        : base(MigrationPhase.Plan, DataState.Unchanged, $"{reason} Nothing was changed.") =>
        (Database, Versions) = (database, versions);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>The migrations for which the plan is refused.</summary>
    public IReadOnlyList<string> Versions { get; }
}
