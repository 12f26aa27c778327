using System.Data.Common;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Runs migrations one by one on a scratch database, each in one transaction, without EF's history, lock or seeding. EF
/// itself cannot leave out a migration in the middle. For providers.
/// </summary>
/// <param name="scratch">The open connection to the scratch database.</param>
/// <param name="provider">The EF Core provider's part of a step.</param>
/// <param name="codeFor">Gets the application's code for a migration.</param>
/// <param name="cancellationToken">Stops the replay, also within a statement.</param>
public sealed class MigrationReplay(
    DbConnection scratch,
    IMigrationStepProvider provider,
    Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
    CancellationToken cancellationToken
)
{
    /// <summary>The time limit that code sees: only the token stops it, not a limit.</summary>
    private static readonly TimeSpan Unhurried = TimeSpan.FromDays(1);

    /// <summary>Runs a migration.</summary>
    /// <param name="version">Its id.</param>
    /// <param name="commands">The commands that apply it, without the change of EF's history.</param>
    /// <returns>A task that ends when it is committed.</returns>
    public async Task RunAsync(string version, IReadOnlyList<CompiledCommand> commands)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StepCommand[] steps = [.. commands.Select(command => StepCommand.From(command, scratch))];
        var limits = new WorkLimits(null, cancellationToken);
        var scope = await provider.BeginAsync(version, steps, limits).ConfigureAwait(false);
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                await RunAsync(version, scope).ConfigureAwait(false);
                ReplayWatch.Done();
            }
            catch (Exception)
            {
                // Canceling a statement surfaces as the database's own error.
                cancellationToken.ThrowIfCancellationRequested();
                throw;
            }
        }
    }

    private async Task RunAsync(string version, IMigrationStepScope scope)
    {
        var transaction = new StepTransaction(scratch);
        await using (transaction.ConfigureAwait(false))
        {
            await RunCodeAsync(version, CodeMoment.Before, scope, transaction).ConfigureAwait(false);
            await transaction.ExecuteAsync(scope.Commands, scope.Token).ConfigureAwait(false);
            await RunCodeAsync(version, CodeMoment.After, scope, transaction).ConfigureAwait(false);
            await scope.CheckAsync().ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
        }
    }

    private async Task RunCodeAsync(
        string version,
        CodeMoment moment,
        IMigrationStepScope scope,
        StepTransaction transaction
    )
    {
        foreach (var code in codeFor(version, moment))
        {
            var open = await transaction.EnsureAsync(scope.Token).ConfigureAwait(false);
            var context = new MigrationCodeContext(
                version,
                open.Connection!,
                open,
                Unhurried,
                new DirectProgress<(long Completed, long Total)>(_ => { }),
                IsReplay: true
            );
            await code.RunAsync(context, scope.Token).ConfigureAwait(false);
            scope.Token.ThrowIfCancellationRequested();
        }
    }
}
