using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Takes the place of EF's own executor, which EF calls once for each migration of one <c>MigrateAsync</c>. EF's commits
/// whatever came before a command that suppresses the transaction, which leaves half of a failed SQLite table rebuild behind.
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
        await using (transaction.ConfigureAwait(false))
        {
            // EF makes its history table outside any migration.
            return string.IsNullOrEmpty(executionState.CurrentMigrationId)
                ? await RunAsync(migrationCommands, transaction, cancellationToken).ConfigureAwait(false)
                : await new MigrationStepRunner(_steps, transaction, Describe(executionState.CurrentMigrationId))
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
        var migration = migrations.CreateMigration(migrations.Migrations[version], efProvider.Name);
        return new RunningStep(version, migration, () => RollbackSql(version));
    }

    private string? RollbackSql(string version)
    {
        var previous = migrations
            .Migrations.Keys.Where(id => MigrationPlanner.VersionOrder.Compare(id, version) < 0)
            .LastOrDefault(Migration.InitialDatabase);
        try
        {
            // Asked for late: EF's migrator itself depends on this executor.
            return currentContext
                .Context.GetService<IMigrator>()
                .GenerateScript(version, previous, MigrationsSqlGenerationOptions.NoTransactions);
        }
        // A Down that EF cannot turn into SQL is no way back; that must not stop the way forward.
        catch (Exception)
        {
            return null;
        }
    }
}
