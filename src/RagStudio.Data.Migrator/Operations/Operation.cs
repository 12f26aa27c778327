using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// A verb of the manager. Its <see cref="RunAsync"/> shows the whole run, in the order of
/// <see cref="MigrationPhase"/>.
/// </summary>
/// <param name="run">The run.</param>
internal abstract class Operation<TResult>(MigrationRun run)
{
    public MigrationRun Run { get; } = run;

    public abstract Task<TResult> RunAsync(CancellationToken cancellationToken);
}
