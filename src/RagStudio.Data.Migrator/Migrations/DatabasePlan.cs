using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>The plan of a run for one database.</summary>
/// <param name="Database">The database.</param>
/// <param name="Target">The target.</param>
/// <param name="Versions">The migrations to apply or to revert, in the order of the run.</param>
internal sealed record DatabasePlan(IMigrationDatabase Database, MigrationTarget Target, IReadOnlyList<string> Versions)
{
    /// <summary>True if migrations are reverted rather than applied.</summary>
    public bool IsReverting => Target.IsReverting;

    /// <summary>
    /// Plans to apply the pending migrations of every database of a set, up to a version if one is given.
    /// </summary>
    public static IReadOnlyList<DatabasePlan> Forward(
        IEnumerable<IMigrationDatabase> databases,
        IEnumerable<MigrationComparison> plans,
        string? upTo = null
    ) => [.. databases.Zip(plans, (database, plan) => Forward(database, plan, upTo))];

    /// <summary>Plans no migration in any database, for a run that changes the set in another way.</summary>
    public static IReadOnlyList<DatabasePlan> None(IEnumerable<IMigrationDatabase> databases) =>
        [.. databases.Select(database => new DatabasePlan(database, MigrationTarget.Latest, []))];

    private static DatabasePlan Forward(IMigrationDatabase database, MigrationComparison plan, string? upTo)
    {
        var order = MigrationIdComparer.Default;
        var versions = plan.Pending.Where(id => upTo is null || order.Compare(id, upTo) <= 0);
        return new DatabasePlan(database, MigrationTarget.Latest, [.. versions]);
    }
}
