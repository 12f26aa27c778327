using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>What a run is going to do to one database.</summary>
/// <param name="Database">The database.</param>
/// <param name="Target">How far.</param>
/// <param name="Versions">The migrations to apply or to revert, in the order of the run.</param>
internal sealed record DatabasePlan(IMigrationDatabase Database, MigrationTarget Target, IReadOnlyList<string> Versions)
{
    /// <summary>Whether migrations are reverted, not applied.</summary>
    public bool IsReverting => Target.IsReverting;

    /// <summary>What is pending in every database of a set, up to a version where one is given.</summary>
    public static IReadOnlyList<DatabasePlan> Forward(
        IEnumerable<IMigrationDatabase> databases,
        IEnumerable<MigrationComparison> plans,
        string? upTo = null
    ) => [.. databases.Zip(plans, (database, plan) => Forward(database, plan, upTo))];

    /// <summary>No migration in any database: the set is changed otherwise.</summary>
    public static IReadOnlyList<DatabasePlan> None(IEnumerable<IMigrationDatabase> databases) =>
        [.. databases.Select(database => new DatabasePlan(database, MigrationTarget.Latest, []))];

    private static DatabasePlan Forward(IMigrationDatabase database, MigrationComparison plan, string? upTo)
    {
        var order = MigrationIdComparer.Default;
        string[] versions = [.. plan.Pending.Where(id => upTo is null || order.Compare(id, upTo) <= 0)];
        // The newest of all, not of the pending ones: EF would revert what is applied after its target.
        var target =
            versions.Length == plan.Pending.Count || plan.Applied.Concat(versions).Max(order) is not { } newest
                ? MigrationTarget.Latest
                : MigrationTarget.UpTo(newest);
        return new DatabasePlan(database, target, versions);
    }
}
