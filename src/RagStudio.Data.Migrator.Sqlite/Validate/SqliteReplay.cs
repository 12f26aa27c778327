using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Runs migrations one by one on a scratch database: the same commands as EF's migrator generates, in the same order, each migration one
/// transaction; without its history, its lock and its seeding. EF itself could not leave out a migration in the middle.
/// </summary>
internal sealed class SqliteReplay(
    DbContext context,
    Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
    CancellationToken cancellationToken
)
{
    /// <summary>What code is told that it may take: it is ended by the token, not by a limit.</summary>
    private static readonly TimeSpan Unhurried = TimeSpan.FromDays(1);

    private readonly IRelationalConnection _connection = context.GetService<IRelationalConnection>();
    private readonly SqliteMigrationSteps _steps = new((SqliteConnection)context.Database.GetDbConnection());
    private readonly SqliteCommands _commands = new(context);

    public async Task RunAsync(KnownMigration known, Migration migration)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var commands = _commands.Of(migration);
        var step = await _steps.BeginAsync(commands, new WorkLimits(null, cancellationToken)).ConfigureAwait(false);
        await using (step.ConfigureAwait(false))
        {
            try
            {
                await RunAsync(known.Version, step).ConfigureAwait(false);
            }
            catch (SqliteException failure) when (failure.IsInterrupt())
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw;
            }
        }
    }

    private async Task RunAsync(string version, IMigrationStepScope step)
    {
        try
        {
            await RunCodeAsync(version, CodeMoment.Before, step).ConfigureAwait(false);
            foreach (var command in step.Commands)
            {
                await RunAsync(command, step.Token).ConfigureAwait(false);
            }
            await RunCodeAsync(version, CodeMoment.After, step).ConfigureAwait(false);
            await step.CheckAsync().ConfigureAwait(false);
            Commit();
        }
        finally
        {
            // What a failure left open; the connection goes with it.
            _connection.CurrentTransaction?.Dispose();
        }
    }

    private async Task RunAsync(MigrationCommand command, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (command.TransactionSuppressed)
        {
            Commit();
        }
        else
        {
            EnsureTransaction();
        }
        await command.ExecuteNonQueryAsync(_connection, cancellationToken: token).ConfigureAwait(false);
    }

    private async Task RunCodeAsync(string version, CodeMoment moment, IMigrationStepScope step)
    {
        foreach (var code in codeFor(version, moment))
        {
            var transaction = EnsureTransaction().GetDbTransaction();
            var scratch = new MigrationCodeContext(
                version,
                transaction.Connection!,
                transaction,
                Unhurried,
                new NoProgress()
            );
            await code.RunAsync(scratch, step.Token).ConfigureAwait(false);
            step.Token.ThrowIfCancellationRequested();
        }
    }

    private IDbContextTransaction EnsureTransaction() =>
        _connection.CurrentTransaction ?? _connection.BeginTransaction();

    private void Commit() => _connection.CurrentTransaction?.Commit();

    private sealed class NoProgress : IProgress<(long Completed, long Total)>
    {
        public void Report((long Completed, long Total) value) { }
    }
}
