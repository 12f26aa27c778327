using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>A database file that one connection holds for itself alone.</summary>
internal sealed class SqliteStorageSession(
    StorageLock storageLock,
    SqliteConnection connection,
    string path,
    bool isNewFile
) : IStorageSession
{
    private bool _removeWhenEmpty = isNewFile;

    // Asked under the lock: while this process waited for it, another may have created the database.
    public bool Existed { get; private set; } = HoldsAnything(connection);

    public Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(SqliteState.Read(connection, (ISqliteMigrationDatabase)database, historyLimit: 0));
    }

    public Task<long> BackUpAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits) =>
        SqliteBackup.WriteAsync(connection, path, file, progress, limits);

    public async Task RestoreAsync(string? file)
    {
        await SqliteBackup.RestoreAsync(connection, file).ConfigureAwait(false);
        _removeWhenEmpty = file is null;
        Existed = file is not null;
    }

    public async Task MigrateAsync(
        IMigrationDatabase database,
        MigrationTarget target,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        if (!HoldsAnything(connection))
        {
            connection.Execute("PRAGMA journal_mode = WAL");
        }
        if (SqliteEFLock.ClearOrphan(connection))
        {
            observer.ClearedOrphanedLock();
        }
        var context = ((ISqliteMigrationDatabase)database).CreateContext(
            connection,
            builder => builder.UseMigrationSteps(new SqliteMigrationSteps(connection), observer)
        );
        await using (context.ConfigureAwait(false))
        {
            try
            {
                await MigrateAsync(context, target, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not (MigrationStepException or OperationCanceledException))
            {
                throw new MigrationStepException(
                    null,
                    MigrationKind.Schema,
                    exceededLimit: null,
                    TimeSpan.Zero,
                    failure
                );
            }
        }
    }

    public Task<StorageCheck> CheckAsync(WorkLimits limits) =>
        Task.FromResult(SqliteWork.Run(connection, limits, () => SqliteChecks.Run(connection)));

    public Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits) =>
        Task.FromResult(SqliteWork.Run(connection, limits, () => SqliteRows.Count(connection)));

    public Task AppendAsync(MigrationRecord record)
    {
        using var transaction = connection.BeginTransaction();
        SqliteHistory.Append(connection, transaction, record);
        transaction.Commit();
        return Task.CompletedTask;
    }

    /// <summary>Lets go of the file. One that the run created, or whose content it took away again, is removed when it holds nothing.</summary>
    public ValueTask DisposeAsync()
    {
        try
        {
            var leaveNothing = _removeWhenEmpty && !HoldsAnything(connection);
            connection.Dispose();
            if (leaveNothing)
            {
                File.Delete(path);
            }
        }
        finally
        {
            connection.Dispose();
            storageLock.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Without a target EF never reverts, whatever the order of the ids (efcore#34819).</summary>
    private static Task MigrateAsync(DbContext context, MigrationTarget target, CancellationToken cancellationToken) =>
        target.Version is { } version
            ? context.GetService<IMigrator>().MigrateAsync(version, cancellationToken)
            : context.Database.MigrateAsync(cancellationToken);

    private static bool HoldsAnything(SqliteConnection connection) =>
        connection.Scalar<long>("SELECT COUNT(*) FROM sqlite_master") > 0;
}
