using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Runs migrations, each as one guarded step: one transaction with the migration's commands, EF's history row and the
/// migrator's record, or a savepoint with them in the run's transaction. Builds no EF model for those that are compiled.
/// For providers.
/// </summary>
public static class CompiledMigrator
{
    /// <summary>Runs compiled migrations on a connection unknown to EF.</summary>
    /// <param name="steps">The migrations.</param>
    /// <param name="connection">The open connection.</param>
    /// <param name="provider">The EF Core provider's part of a step.</param>
    /// <param name="within">
    /// The run's open transaction: each migration is then a savepoint in it, released when it succeeds and rolled back
    /// to when it fails. <see langword="null"/>: each migration is a transaction.
    /// </param>
    /// <param name="observer">The observer of each step.</param>
    /// <param name="cancellationToken">Stops a step, also within a statement.</param>
    /// <returns>
    /// The id of the first migration that was changed after it was compiled: neither it nor those after it were run.
    /// <see langword="null"/> if all are done.
    /// </returns>
    /// <exception cref="MigrationStepException">A migration failed or ran out of time; its changes were rolled back.</exception>
    public static Task<string?> MigrateAsync(
        CompiledSteps steps,
        DbConnection connection,
        IMigrationStepProvider provider,
        DbTransaction? within,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    ) =>
        MigrateAsync(
            steps,
            migration =>
                migration.IsLeftToEF
                    ? throw new InvalidOperationException(
                        $"The migration '{migration.Version}' was not compiled: a context is needed to run it."
                    )
                    : migration,
            version => within is null ? new StepTransaction(connection) : new StepTransaction(within, version),
            command => StepCommand.From(command, connection),
            provider,
            observer,
            cancellationToken
        );

    /// <summary>Runs them as EF's migrator does, visible to the context's interceptors and its log.</summary>
    /// <param name="steps">The migrations.</param>
    /// <param name="context">The context, whose connection is open.</param>
    /// <param name="provider">The EF Core provider's part of a step.</param>
    /// <param name="within">
    /// The run's open transaction, which the context uses: each migration is then a savepoint in it, released when it
    /// succeeds and rolled back to when it fails. <see langword="null"/>: each migration is a transaction.
    /// </param>
    /// <param name="observer">The observer of each step.</param>
    /// <param name="cancellationToken">Stops a step, also within a statement.</param>
    /// <returns>
    /// The id of the first migration that was changed after it was compiled: neither it nor those after it were run.
    /// <see langword="null"/> if all are done.
    /// </returns>
    /// <exception cref="MigrationStepException">A migration failed or ran out of time; its changes were rolled back.</exception>
    public static Task<string?> MigrateAsync(
        CompiledSteps steps,
        DbContext context,
        IMigrationStepProvider provider,
        DbTransaction? within,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        if (!steps.IsReverting && steps.Migrations.All(migration => migration.IsLeftToEF || migration.IsArchived))
        {
            // Compiled migrations prove that there were none, unless they were archived long ago.
            EFMigrator.CheckModelChanges(context);
        }
        var connection = context.GetService<IRelationalConnection>();
        var raw = new RawCommands(context);
        var late = new OnDemandCompiler(context, steps);
        return MigrateAsync(
            steps,
            migration =>
            {
                LogToEF(migration, steps.IsReverting, context);
                return late.Complete(migration);
            },
            version => within is null ? new StepTransaction(connection) : new StepTransaction(within, version),
            command => StepCommand.From(raw.Build(command.Sql, command.SuppressTransaction), connection, raw),
            provider,
            observer,
            cancellationToken
        );
    }

    /// <summary>Generates the commands of the migrations that were not compiled, and keeps them for the run.</summary>
    /// <param name="steps">The migrations.</param>
    /// <param name="context">The context; it needs no connection.</param>
    public static void Prepare(CompiledSteps steps, DbContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        var late = new OnDemandCompiler(context, steps);
        foreach (var migration in steps.Migrations)
        {
            _ = late.Complete(migration);
        }
    }

    private static async Task<string?> MigrateAsync(
        CompiledSteps steps,
        Func<CompiledMigration, CompiledMigration> prepare,
        Func<string, StepTransaction> begin,
        Func<CompiledCommand, StepCommand> build,
        IMigrationStepProvider provider,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(provider);
        foreach (var compiled in steps.Migrations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!steps.IsCurrent(compiled))
            {
                return compiled.Version;
            }
            var migration = Prepare(compiled, prepare);
            var history = new CompiledCommand(provider.HistoryChange(migration.Version, steps.IsReverting));
            var transaction = begin(migration.Version);
            await using (transaction.ConfigureAwait(false))
            {
                await new MigrationStepRunner(provider, observer, transaction, Describe(migration, provider))
                    .RunAsync([.. steps.CommandsOf(migration).Append(history).Select(build)], cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        return null;
    }

    /// <summary>
    /// Attributes an exception that an application's migration throws while it is generated to that migration, as EF
    /// does.
    /// </summary>
    private static CompiledMigration Prepare(
        CompiledMigration compiled,
        Func<CompiledMigration, CompiledMigration> prepare
    )
    {
        try
        {
            return prepare(compiled);
        }
        catch (Exception failure) when (compiled.IsLeftToEF && failure is not OperationCanceledException)
        {
            throw new MigrationStepException(
                compiled.Version,
                compiled.Kind,
                exceededLimit: null,
                TimeSpan.Zero,
                failure
            );
        }
    }

    /// <summary>Logs to EF what EF's own migrator logs: <c>dotnet ef database update</c> shows it.</summary>
    private static void LogToEF(CompiledMigration compiled, bool isReverting, DbContext context)
    {
        var log = context.GetService<IDiagnosticsLogger<DbLoggerCategory.Migrations>>();
        if (compiled.IsArchived)
        {
            EFLog.Write(log.Logger, isReverting, compiled.Version);
            return;
        }
        var migrations = context.GetService<IMigrationsAssembly>();
        var migration = migrations.CreateMigration(
            migrations.Migrations[compiled.Version],
            context.Database.ProviderName!
        );
        var migrator = context.GetService<IMigrator>();
        if (isReverting)
        {
            log.MigrationReverting(migrator, migration);
        }
        else
        {
            log.MigrationApplying(migrator, migration);
        }
    }

    private static RunningStep Describe(CompiledMigration migration, IMigrationStepProvider provider) =>
        new(migration.Version, migration.Kind, migration.Checksum, () => RollbackSql(migration, provider));

    /// <summary>The SQL that reverts a migration, as stored in the history.</summary>
    private static string? RollbackSql(CompiledMigration migration, IMigrationStepProvider provider) =>
        migration is { Down.Count: 0, Up.Count: > 0 }
            ? null
            : string.Concat(
                migration
                    .Down.Select(command => command.Sql)
                    .Append(provider.HistoryChange(migration.Version, reverts: true))
                    .Select(command => command + Environment.NewLine)
            );
}
