using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Runs one migration in one transaction: the application's code before it, its commands with EF's history row, the
/// code after it, the migrator's record, the provider's final checks.
/// </summary>
internal sealed class MigrationStepRunner(
    IMigrationStepProvider provider,
    IMigrationObserver observer,
    StepTransaction transaction,
    RunningStep step
)
{
    /// <param name="commands">The migration's commands, the change of EF's history last.</param>
    /// <param name="cancellationToken">Stops the migration, also within a statement.</param>
    public async Task<int> RunAsync(IReadOnlyList<StepCommand> commands, CancellationToken cancellationToken)
    {
        // EF begins the first transaction before it determines what is pending; nothing has been written in it.
        await transaction.CommitAsync().ConfigureAwait(false);
        observer.Starting(step.Version);
        var limits = new WorkLimits(observer.LimitOf(step.Version), cancellationToken);
        var scope = await provider
            .BeginAsync(step.Version, WithHistoryInTransaction(commands), limits)
            .ConfigureAwait(false);
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                return await RunAsync(scope).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                // Read before the rollback, which may itself take a long time.
                var exceeded = scope.TimedOut ? limits.Timeout : null;
                await transaction.DisposeAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                throw new MigrationStepException(step.Version, step.Kind, exceeded, step.Elapsed, failure);
            }
        }
    }

    /// <summary>
    /// EF moves its history change out of the transaction if any command of the migration is outside. It belongs with
    /// the migrator's record, and, if only a provider's preparation was outside, with the whole migration.
    /// </summary>
    private static StepCommand[] WithHistoryInTransaction(IReadOnlyList<StepCommand> commands) =>
        [.. commands.SkipLast(1), commands[^1].InTransaction()];

    private async Task<int> RunAsync(IMigrationStepScope scope)
    {
        await RunCodeAsync(scope, CodeMoment.Before).ConfigureAwait(false);
        var result = await transaction.ExecuteAsync(scope.Commands, scope.Token).ConfigureAwait(false);
        await RunCodeAsync(scope, CodeMoment.After).ConfigureAwait(false);

        var done = step.Describe(withRollbackSql: !observer.IsReverting);
        var open = await transaction.EnsureAsync(scope.Token).ConfigureAwait(false);
        await scope.RecordAsync(open, observer.Describe(done)).ConfigureAwait(false);
        await scope.CheckAsync().ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        // Uses the duration stored in the history, so a migration has only one duration.
        observer.Applied(done);
        return result;
    }

    private async Task RunCodeAsync(IMigrationStepScope scope, CodeMoment moment)
    {
        foreach (var code in observer.CodeFor(step.Version, moment))
        {
            var open = await transaction.EnsureAsync(scope.Token).ConfigureAwait(false);
            var before = step.Elapsed;
            var context = new MigrationCodeContext(
                step.Version,
                open.Connection!,
                open,
                scope.TimeLeft,
                new CodeProgress(observer, step.Version)
            );
            await code.RunAsync(context, scope.Token).ConfigureAwait(false);
            scope.Token.ThrowIfCancellationRequested();
            await scope
                .RecordAsync(open, observer.Describe(step.Version, code, step.Elapsed - before))
                .ConfigureAwait(false);
        }
    }

    private sealed class CodeProgress(IMigrationObserver observer, string version)
        : IProgress<(long Completed, long Total)>
    {
        public void Report((long Completed, long Total) value) =>
            observer.Advanced(version, value.Completed, value.Total);
    }
}
