namespace RagStudio.Data.Migrator;

/// <summary>What the engine gives to a provider that applies migrations: the limits, and who to tell.</summary>
public interface IMigrationObserver
{
    /// <summary>The longest that a migration may take.</summary>
    TimeSpan MigrationTimeout { get; }

    /// <summary>Called before the first command of a migration.</summary>
    /// <param name="version">The migration's id.</param>
    void Starting(string version);

    /// <summary>
    /// Called within the migration's transaction, after its last command; the provider writes the line that is returned into the
    /// history in that transaction.
    /// </summary>
    /// <param name="done">What was run.</param>
    /// <returns>The line for the history.</returns>
    MigrationRecord Describe(MigrationStep done);

    /// <summary>Called when a migration is committed.</summary>
    /// <param name="done">What was run, its duration now with the commit.</param>
    void Applied(MigrationStep done);
}
