namespace RagStudio.Data.Migrator.Providers;

/// <summary>Identifies the run that holds a storage.</summary>
/// <param name="Id">The run's id in the history and the journal.</param>
/// <param name="Activity">The run's activity, for processes that wait for it.</param>
public sealed record RunIdentity(string Id, RunActivity Activity)
{
    /// <summary>
    /// True for a run on copies of the databases: nothing that it does may reach beyond them, and nothing that it loses is
    /// lost.
    /// </summary>
    public bool IsRehearsal { get; init; }

    /// <summary>
    /// True if the run may execute statements that no transaction can contain and nobody can repeat:
    /// <see cref="MigrationOptions.AllowUnrepeatableStatements"/>.
    /// </summary>
    public bool AllowsUnrepeatableStatements { get; init; }

    /// <summary>What became of such statements of earlier runs: <see cref="MigrationOptions.StatementOutcomes"/>.</summary>
    public IReadOnlyDictionary<string, StatementOutcome> StatementOutcomes { get; init; } =
        new Dictionary<string, StatementOutcome>();
}
