using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Takes the place of EF's own executor, which EF calls once for each migration of one <c>MigrateAsync</c>. EF's commits
/// whatever came before a command that suppresses the transaction, which leaves half of a failed SQLite table rebuild
/// behind (efcore#34916 tells of the lock row that stays then, too).
/// </summary>
[SuppressMessage(
    "Performance",
    "CA1812:Avoid uninstantiated internal classes",
    Justification = "EF creates it: MigrationSteps names it in ReplaceService."
)]
internal sealed class MigrationStepExecutor(
    ICurrentDbContext currentContext,
    IDbContextOptions options,
    IMigrationsAssembly migrations,
    Microsoft.EntityFrameworkCore.Storage.IDatabaseProvider efProvider
) : IMigrationCommandExecutor
{
    private readonly MigrationStepsExtension _steps =
        options.FindExtension<MigrationStepsExtension>()
        ?? throw new InvalidOperationException("The context was not set up by UseMigrationSteps.");

    public void ExecuteNonQuery(IEnumerable<MigrationCommand> migrationCommands, IRelationalConnection connection) =>
        ExecuteNonQuery([.. migrationCommands], connection, new MigrationExecutionState(), commitTransaction: true);

    public int ExecuteNonQuery(
        IReadOnlyList<MigrationCommand> migrationCommands,
        IRelationalConnection connection,
        MigrationExecutionState executionState,
        bool commitTransaction,
        IsolationLevel? isolationLevel = null
    ) =>
        ExecuteNonQueryAsync(migrationCommands, connection, executionState, commitTransaction, isolationLevel)
            .GetAwaiter()
            .GetResult();

    public Task ExecuteNonQueryAsync(
        IEnumerable<MigrationCommand> migrationCommands,
        IRelationalConnection connection,
        CancellationToken cancellationToken = default
    ) =>
        ExecuteNonQueryAsync(
            [.. migrationCommands],
            connection,
            new MigrationExecutionState(),
            commitTransaction: true,
            cancellationToken: cancellationToken
        );

    public async Task<int> ExecuteNonQueryAsync(
        IReadOnlyList<MigrationCommand> migrationCommands,
        IRelationalConnection connection,
        MigrationExecutionState executionState,
        bool commitTransaction,
        IsolationLevel? isolationLevel = null,
        CancellationToken cancellationToken = default
    )
    {
        var transaction = new StepTransaction(connection, executionState, isolationLevel);
        if (string.IsNullOrEmpty(executionState.CurrentMigrationId))
        {
            return await RunAsync(migrationCommands, connection, transaction, cancellationToken).ConfigureAwait(false);
        }

        var step = new RunningStep(executionState.CurrentMigrationId, Create(executionState.CurrentMigrationId));
        return await RunStepAsync(step, migrationCommands, connection, transaction, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The commands outside any migration: those that make EF's history table.</summary>
    private static async Task<int> RunAsync(
        IReadOnlyList<MigrationCommand> commands,
        IRelationalConnection connection,
        StepTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using (transaction.ConfigureAwait(false))
        {
            var result = await ExecuteAsync(commands, connection, transaction, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return result;
        }
    }

    private async Task<int> RunStepAsync(
        RunningStep step,
        IReadOnlyList<MigrationCommand> commands,
        IRelationalConnection connection,
        StepTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        // EF begins the first transaction before it asks what is pending; nothing has been written in it.
        await transaction.CommitAsync().ConfigureAwait(false);
        _steps.Observer.Starting(step.Version);
        var scope = await _steps.Provider.BeginAsync(step.Version, commands, cancellationToken).ConfigureAwait(false);
        await using (scope.ConfigureAwait(false))
        await using (transaction.ConfigureAwait(false))
        {
            try
            {
                var result = await ExecuteAsync(scope.Commands, connection, transaction, scope.Token)
                    .ConfigureAwait(false);
                await CommitAsync(step, scope, transaction).ConfigureAwait(false);
                return result;
            }
            catch (Exception failure)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new MigrationStepException(step.Version, step.Kind, scope.TimedOut, step.Elapsed, failure);
            }
        }
    }

    private static async Task<int> ExecuteAsync(
        IReadOnlyList<MigrationCommand> commands,
        IRelationalConnection connection,
        StepTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var result = 0;
        foreach (var command in commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (command.TransactionSuppressed)
            {
                await transaction.CommitAsync().ConfigureAwait(false);
            }
            else
            {
                await transaction.EnsureAsync(cancellationToken).ConfigureAwait(false);
            }

            result = await command
                .ExecuteNonQueryAsync(connection, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        return result;
    }

    private async Task CommitAsync(RunningStep step, IMigrationStepScope scope, StepTransaction transaction)
    {
        var dbTransaction = await transaction.EnsureAsync(scope.Token).ConfigureAwait(false);
        var done = step.Describe(RollbackSql(step));
        await scope.CommittingAsync(dbTransaction, _steps.Observer.Describe(done), scope.Token).ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        _steps.Observer.Applied(done with { Duration = step.Elapsed });
    }

    private Migration Create(string version) =>
        migrations.CreateMigration(migrations.Migrations[version], efProvider.Name);

    private string? RollbackSql(RunningStep step)
    {
        if (!step.HasWayBack)
        {
            return null;
        }

        var previous = migrations
            .Migrations.Keys.Where(id => string.Compare(id, step.Version, StringComparison.OrdinalIgnoreCase) < 0)
            .LastOrDefault(Migration.InitialDatabase);
        try
        {
            // Asked for late: EF's migrator itself depends on this executor.
            return currentContext
                .Context.GetService<IMigrator>()
                .GenerateScript(step.Version, previous, MigrationsSqlGenerationOptions.NoTransactions);
        }
        // A Down that EF cannot turn into SQL is no way back either; that must not stop the way forward.
        catch (Exception)
        {
            return null;
        }
    }
}
