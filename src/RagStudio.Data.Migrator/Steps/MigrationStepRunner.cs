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
    public async Task RunAsync(IReadOnlyList<StepCommand> commands, CancellationToken cancellationToken)
    {
        observer.Starting(step.Version);
        var limits = new WorkLimits(observer.LimitOf(step.Version), cancellationToken);
        var scope = await provider.BeginAsync(step.Version, commands, limits).ConfigureAwait(false);
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                await RunAsync(scope).ConfigureAwait(false);
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

    private async Task RunAsync(IMigrationStepScope scope)
    {
        await RunCodeAsync(scope, CodeMoment.Before).ConfigureAwait(false);
        await transaction.ExecuteAsync(scope.Commands, scope.Token).ConfigureAwait(false);
        await RunCodeAsync(scope, CodeMoment.After).ConfigureAwait(false);

        var done = step.Describe(withRollbackSql: !observer.IsReverting);
        var open = await transaction.EnsureAsync(scope.Token).ConfigureAwait(false);
        await scope.RecordAsync(open, observer.Describe(done)).ConfigureAwait(false);
        await scope.CheckAsync().ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        // Uses the duration stored in the history, so a migration has only one duration.
        observer.Applied(done);
    }

    private async Task RunCodeAsync(IMigrationStepScope scope, CodeMoment moment)
    {
        var progress = new DirectProgress<(long Completed, long Total)>(at =>
            observer.Advanced(step.Version, at.Completed, at.Total)
        );
        foreach (var code in observer.CodeFor(step.Version, moment))
        {
            var open = await transaction.EnsureAsync(scope.Token).ConfigureAwait(false);
            var before = step.Elapsed;
            var context = new MigrationCodeContext(step.Version, open.Connection!, open, scope.TimeLeft, progress);
            await code.RunAsync(context, scope.Token).ConfigureAwait(false);
            scope.Token.ThrowIfCancellationRequested();
            await scope
                .RecordAsync(open, observer.Describe(step.Version, code, step.Elapsed - before))
                .ConfigureAwait(false);
        }
    }
}
