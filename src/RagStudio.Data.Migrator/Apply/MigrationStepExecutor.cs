using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Takes the place of EF's own executor, which EF calls once for each migration of one <c>MigrateAsync</c>. EF's commits
/// whatever came before a command that suppresses the transaction, which leaves half of a failed SQLite table rebuild behind.
/// </summary>
internal sealed class MigrationStepExecutor(
    DbContext context,
    IMigrationStepProvider provider,
    IMigrationObserver observer,
    CancellationToken runToken
) : IMigrationCommandExecutor
{
    private readonly IMigrationsAssembly _migrations = context.GetService<IMigrationsAssembly>();

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
        var transaction = new StepTransaction(connection, executionState, isolationLevel);
        await using (transaction.ConfigureAwait(false))
        {
            // EF makes its history table outside any migration.
            return string.IsNullOrEmpty(executionState.CurrentMigrationId)
                ? await RunAsync(migrationCommands, transaction, cancellationToken).ConfigureAwait(false)
                : await new MigrationStepRunner(
                    provider,
                    observer,
                    transaction,
                    Describe(executionState.CurrentMigrationId)
                )
                    .RunAsync(migrationCommands, cancellationToken)
                    .ConfigureAwait(false);
        }
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<MigrationCommand> commands,
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
        var migration = _migrations.CreateMigration(_migrations.Migrations[version], context.Database.ProviderName!);
        return new RunningStep(version, migration, () => RollbackSql(version));
    }

    private string? RollbackSql(string version)
    {
        var previous = _migrations
            .Migrations.Keys.Where(id => MigrationPlanner.VersionOrder.Compare(id, version) < 0)
            .LastOrDefault(Migration.InitialDatabase);
        try
        {
            return EFMigrator
                .Create(context)
                .GenerateScript(version, previous, MigrationsSqlGenerationOptions.NoTransactions);
        }
        // A Down that EF cannot turn into SQL is no way back; that must not stop the way forward.
        catch (Exception)
        {
            return null;
        }
    }
}
