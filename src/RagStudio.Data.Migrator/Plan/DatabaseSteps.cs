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
    /// <summary>Whether a migration destroys something that is there now.</summary>
    public bool IsDestructive { get; init; }

    /// <summary>Whether migrations are reverted, not applied.</summary>
    public bool IsReverting => Target != MigrationTarget.Latest;
}
