namespace RagStudio.Data.Migrator;

/// <summary>What a run would do now, and what it would meet. Made without a lock: another program may change the databases before the run.</summary>
/// <param name="Databases">Every database of the set, in the order of the run.</param>
/// <param name="DiskNeededBytes">The free space that the run demands, the backup included; 0 where nothing is pending.</param>
/// <param name="Refusal">Why the run would be refused, in a sentence or more; <see langword="null"/> where it would not.</param>
public sealed record MigrationPlan(IReadOnlyList<PlannedDatabase> Databases, long DiskNeededBytes, string? Refusal)
{
    /// <summary>Whether a pending migration destroys something that is there now.</summary>
    public bool IsDestructive => Databases.Any(database => database.Migrations.Any(m => m.Destructive));
}
