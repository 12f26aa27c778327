namespace RagStudio.Data.Migrator;

/// <summary>The migrations failed on copies of the databases. The databases were not touched.</summary>
public sealed class RehearsalFailedException : MigrationException
{
    internal RehearsalFailedException(RehearsalReport report, Exception cause)
        : base(MigrationPhase.Plan, DataState.Unchanged, Describe(cause), cause) => Report = report;

    /// <summary>The result of the rehearsal.</summary>
    public RehearsalReport Report { get; }

    private static string Describe(Exception cause) =>
        $"The migrations were rehearsed on copies of the databases, and failed there: {cause.Message} "
        + "The databases themselves were not touched.";
}
