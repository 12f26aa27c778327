using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>A database file that one connection holds for itself alone.</summary>
internal sealed class SqliteStorageSession(SqliteConnection connection, string path, bool isNewFile) : IStorageSession
{
    // Asked under the lock: while this process waited for it, another may have created the database.
    public bool Existed { get; } = HoldsAnything(connection);

    public Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(SqliteState.Read(connection, (ISqliteMigrationDatabase)database, historyLimit: 0));
    }

    public Task<long> BackUpAsync(
        string file,
        IProgress<(long Copied, long Total)>? progress,
        CancellationToken cancellationToken
    ) => SqliteBackup.WriteAsync(connection, path, file, progress, cancellationToken);

    public Task RestoreAsync(string? file) => SqliteBackup.RestoreAsync(connection, file);

    public async Task MigrateAsync(
        IMigrationDatabase database,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        if (!Existed)
        {
            connection.Execute("PRAGMA journal_mode = WAL");
        }

        SqliteEFLock.ClearOrphan(connection);
        var steps = new SqliteMigrationSteps(connection, observer.MigrationTimeout);
        var context = ((ISqliteMigrationDatabase)database).CreateContext(
            connection,
            builder => builder.UseMigrationSteps(steps, observer)
        );
        await using (context.ConfigureAwait(false))
        {
            try
            {
                await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not (MigrationStepException or OperationCanceledException))
            {
                throw new MigrationStepException(null, MigrationKind.Schema, timedOut: false, TimeSpan.Zero, failure);
            }
        }
    }

    public Task<StorageCheck> CheckAsync(CancellationToken cancellationToken) =>
        SqliteChecks.RunAsync(connection, cancellationToken);

    public Task AppendAsync(MigrationRecord record)
    {
        using var transaction = connection.BeginTransaction();
        SqliteHistory.Append(connection, transaction, record);
        transaction.Commit();
        return Task.CompletedTask;
    }

    /// <summary>Lets go of the file. One that this session created and that holds nothing is removed again.</summary>
    public ValueTask DisposeAsync()
    {
        var leaveNothing = isNewFile && !HoldsAnything(connection);
        connection.Dispose();
        if (leaveNothing)
        {
            File.Delete(path);
        }

        return ValueTask.CompletedTask;
    }

    private static bool HoldsAnything(SqliteConnection connection) =>
        connection.Scalar<long>("SELECT COUNT(*) FROM sqlite_master") > 0;
}
