using System.Data;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Replaces EF's executor, which EF calls once for each migration of one <c>MigrateAsync</c>. EF's executor commits
/// everything before a command that suppresses the transaction, and so leaves a half-finished SQLite table rebuild
/// behind.
/// </summary>
internal sealed class MigrationStepExecutor(
    RecentMigrations migrations,
    MigrationSql sql,
    RawCommands raw,
    IMigrationStepProvider provider,
    IMigrationObserver observer,
    CancellationToken runToken
) : IMigrationCommandExecutor
{
    public void ExecuteNonQuery(IEnumerable<MigrationCommand> migrationCommands, IRelationalConnection connection) =>
        ExecuteNonQuery([.. migrationCommands], connection, new MigrationExecutionState(), commitTransaction: true);

    public int ExecuteNonQuery(
        IReadOnlyList<MigrationCommand> migrationCommands,
        IRelationalConnection connection,
        MigrationExecutionState executionState,
        bool commitTransaction,
        IsolationLevel? isolationLevel = null
    ) =>
        ExecuteNonQueryAsync(migrationCommands, connection, executionState, commitTransaction, isolationLevel, runToken)
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
        var transaction = new EFStepTransaction(connection, executionState, isolationLevel);
        StepCommand[] commands = [.. migrationCommands.Select(command => StepCommand.Of(command, connection, raw))];
        await using (transaction.ConfigureAwait(false))
        {
            // EF creates its history table outside any migration.
            return string.IsNullOrEmpty(executionState.CurrentMigrationId)
                ? await RunAsync(commands, transaction, cancellationToken).ConfigureAwait(false)
                : await new MigrationStepRunner(
                    provider,
                    observer,
                    transaction,
                    Describe(executionState.CurrentMigrationId)
                )
                    .RunAsync(commands, cancellationToken)
                    .ConfigureAwait(false);
        }
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<StepCommand> commands,
        StepTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var result = await transaction.ExecuteAsync(commands, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        return result;
    }

    private RunningStep Describe(string version)
    {
        // EF's generator modifies the operations that it receives, but a checksum needs those of a new
        // migration, even when EF retries.
        var migration = migrations.CreateAnew(version);
        return new RunningStep(
            version,
            MigrationKinds.For(migration),
            OperationChecksum.Compute(migration),
            () => RollbackSql(version, migration)
        );
    }

    private string? RollbackSql(string version, Migration migration)
    {
        if (!MigrationDown.From(migration).Exists)
        {
            return null;
        }
        try
        {
            return RollbackScript.Create(
                sql.Down(
                        migration,
                        migrations.Before(version),
                        MigrationsSqlGenerationOptions.Script | MigrationsSqlGenerationOptions.NoTransactions
                    )
                    .Select(command => command.CommandText),
                provider.HistoryChange(version, reverts: true)
            );
        }
        // A Down that EF cannot turn into SQL cannot be reverted, but that must not prevent applying the migration.
        catch (Exception)
        {
            return null;
        }
    }
}
