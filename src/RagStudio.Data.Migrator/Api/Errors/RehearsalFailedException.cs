namespace RagStudio.Data.Migrator;

/// <summary>The migrations failed on copies of the databases. The databases themselves were never touched.</summary>
public sealed class RehearsalFailedException : MigrationException
{
    internal RehearsalFailedException(RehearsalReport report, Exception cause)
        : base(MigrationPhase.Plan, DataState.Unchanged, Describe(cause), cause) => Report = report;

    /// <summary>What the rehearsal showed.</summary>
    public RehearsalReport Report { get; }

    private static string Describe(Exception cause) =>
        $"The migrations were rehearsed on copies of the databases, and failed there: {cause.Message} "
        + "The databases themselves were not touched.";
}
