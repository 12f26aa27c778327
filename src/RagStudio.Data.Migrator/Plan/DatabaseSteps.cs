namespace RagStudio.Data.Migrator;

/// <summary>What a run is going to do to one database.</summary>
/// <param name="Database">The database.</param>
/// <param name="Target">How far.</param>
/// <param name="Versions">The migrations to apply or to revert, in the order of the run.</param>
internal sealed record DatabaseSteps(
    IMigrationDatabase Database,
    MigrationTarget Target,
    IReadOnlyList<string> Versions
)
{
    /// <summary>Whether migrations are reverted, not applied.</summary>
    public bool IsReverting => Target != MigrationTarget.Latest;

    /// <summary>Whatever is pending in every database of a set.</summary>
    public static IReadOnlyList<DatabaseSteps> Forward(MigrationSet set, IEnumerable<DatabasePlan> plans) =>
        [
            .. set.Databases.Zip(
                plans,
                (database, plan) => new DatabaseSteps(database, MigrationTarget.Latest, plan.Pending)
            ),
        ];
}
