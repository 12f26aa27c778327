namespace RagStudio.Data.Migrator.Providers;

/// <summary>What <see cref="IMigrationDatabase.LintAsync"/> is asked.</summary>
/// <param name="Applied">The migrations that are applied, in the order of their ids.</param>
/// <param name="Pending">The migrations that a run would apply, in order; at least one.</param>
/// <param name="Compiled">All of them; <see langword="null"/> to have EF generate their commands.</param>
/// <param name="CodeFor">Returns the application's code that belongs to a migration.</param>
/// <param name="FindsLocks">
/// True to find locks, which executes all these migrations in a scratch database; false for a run that no lock would
/// refuse.
/// </param>
public sealed record LintRequest(
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    CompiledSteps? Compiled,
    Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> CodeFor,
    bool FindsLocks
)
{
    /// <summary>
    /// True if the run would revert <see cref="Pending"/>, of which nothing is asked but the statements that nobody can
    /// repeat.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IsReverting { get; init; }
}
